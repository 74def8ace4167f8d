import Lessons
import Localization
import TerminalUI
import Trace

extension GuidePane {
  static var commands: [CommandRow] {
    [
      .key(
        .enter, name: "open-row", help: localized("go to the line's node, try the row, or open the answer"),
        hint: localized("open"), in: .guide
      ) {
        $0.openInGuide()
      }
      .useful { $0.guide.page != .questions || !$0.guide.isAnswerOpen },
      .key(
        "t", name: "try", help: localized("try the chosen row on a small tensor"), hint: localized("try"),
        in: .guide
      ) { $0.tryRow(onNode: false) }
      .useful { $0.guide.page == .tables },
      .key(
        "T", name: "try-here", help: localized("try the chosen row on the chosen node's tensor"), in: .guide
      ) { $0.tryRow(onNode: true) },
      .key(
        "s", name: "show-me", help: localized("go to where the answer is seen"), hint: localized("show me"),
        in: .guide
      ) { $0.showAnswer() }
      .useful { $0.guide.page == .questions && $0.guide.isAnswerOpen },
      .key(
        "x", name: "other-side", help: localized("the arrows move in the other program"),
        hint: "NumPy/PyTorch", in: .guide
      ) {
        $0.guide.side = $0.guide.side == .numpy ? .pytorch : .numpy
        $0.guide.line = nil
      }
      .useful { $0.guide.page == .code },
      .typed(
        "guide", localized("PAGE"), .words(GuidePaneState.Page.allCases.map { "\($0)" }), example: "tables",
        help: localized("open a page of the guide")
      ) { (arguments, _) throws(ConsoleError) in
        let word = try arguments.word()
        let pages = GuidePaneState.Page.allCases.filter { "\($0)".hasPrefix(word.text.lowercased()) }
        guard pages.count == 1, let page = pages.first else {
          let names = GuidePaneState.Page.allCases.map { "\($0)" }.joined(separator: ", ")
          throw ConsoleError(localized("'\(word.text)' is not one of \(names)."), at: word.column)
        }
        return {
          $0.pane = .guide
          $0.guide.page = page
        }
      },
    ]
  }

  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect) {
    switch direction {
    case .left where !state.guide.isAnswerOpen || state.guide.page != .questions: state.guide.turn(by: -1)
    case .right where !state.guide.isAnswerOpen || state.guide.page != .questions: state.guide.turn(by: 1)
    case .left, .right: state.guide.isAnswerOpen = false
    case .up, .down, .pageUp, .pageDown: state.moveInGuide(by: direction.rows, area)
    }
  }

  static func press(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect) {
    switch state.guide.page {
    case .code:
      guard let hit = GuideCodePage(state).line(atX: mouse.x, y: mouse.y, in: area) else { return }
      (state.guide.side, state.guide.line) = (hit.side, hit.line)
      state.goToLine()
    case .tables:
      guard let row = GuideTablesPage(state).row(atY: mouse.y, in: area) else { return }
      state.chooseRow(row)
    case .questions:
      guard let question = GuideQuestionsPage(state).question(atY: mouse.y, in: area) else { return }
      state.guide.question = question
    case .glossary: break
    }
  }

  static func close(_ state: inout DebuggerState) -> Bool {
    guard state.pane == .guide else { return false }
    if state.guide.page == .questions, state.guide.isAnswerOpen {
      state.guide.isAnswerOpen = false
      return true
    }
    guard state.guide.trial != nil, state.guide.page == .tables else { return false }
    state.guide.trial = nil
    return true
  }

  static func didTake(_ news: RunUpdate, _ state: inout DebuggerState) {
    state.guide.follow(state.moment)
    if !state.guide.toShow.isEmpty, news.moment != nil, news.status == .paused || news.status == .finished {
      state.goOnShowing()
    }
  }

  /// Asks for the hand-written network's numbers while they are shown.
  static func layOut(_ state: inout DebuggerState, _ area: Rect) {
    let isShown = state.areas[.guide] != nil
    guard state.focus.wantsByHand != isShown else { return }
    state.focus.wantsByHand = isShown
    guard state.canVisit else { return }
    // A focus that was asked for just now is asked for with them.
    if let place = state.effects.lastIndex(where: { if case .command(.focus) = $0 { true } else { false } }) {
      state.effects[place] = .command(.focus(state.focus))
    } else {
      state.send(.focus(state.focus))
    }
  }
}

extension DebuggerState {
  fileprivate mutating func moveInGuide(by rows: Int, _ area: Rect) {
    switch guide.page {
    case .code:
      let code = guideCode
      let lines = code.lines(guide.side)
      let lit = lit(guide.side, in: code)
      let now = guide.line ?? lit.line ?? lit.call ?? code.home(guide.side) ?? 0
      guide.line = max(0, min(now + rows, lines.count - 1))
    case .tables: chooseRow(guide.row + rows)
    case .questions where guide.isAnswerOpen:
      let last = max(0, GuideQuestionsPage(self).answerLineCount(width: area.width - 1) - area.height)
      guide.answerRow = max(0, min(min(guide.answerRow, last) + rows, last))
    case .questions: guide.question = max(0, min(guide.question + rows.signum(), lessons.questions.count - 1))
    case .glossary: guide.entry = max(0, min(guide.entry + rows, lessons.glossary.count - 1))
    }
  }

  fileprivate mutating func chooseRow(_ row: Int) {
    let row = max(0, min(row, lessonRows.count - 1))
    guard row != guide.row else { return }
    (guide.row, guide.trial) = (row, nil)
  }

  fileprivate mutating func openInGuide() {
    switch guide.page {
    case .code: goToLine()
    case .tables: tryRow(onNode: false)
    case .questions: if !guide.isAnswerOpen { (guide.isAnswerOpen, guide.answerRow) = (true, 0) }
    case .glossary: break
    }
  }

  /// Chooses the node that the line is about, in the view that the line makes.
  fileprivate mutating func goToLine() {
    let code = guideCode
    let lines = code.lines(guide.side)
    guard let place = guide.line ?? lit(guide.side, in: code).line, lines.indices.contains(place),
      let target = lines[place].target
    else {
      notice = .problem(localized("This line is about no node."))
      return
    }
    guard moment?.graph.node(named: target.node) != nil else {
      notice = .problem(localized("\(target.node) has not run yet."))
      return
    }
    let view: TensorView? =
      switch target.phase {
      case .backward: .gradient
      case .update: .update
      default: .value
      }
    choose(Focus(node: target.node, view: view))
  }

  fileprivate mutating func tryRow(onNode: Bool) {
    guard guide.page == .tables, lessonRows.indices.contains(guide.row) else { return }
    let row = lessonRows[guide.row]
    guard let trial = tryOut?(row.id, onNode ? moment?.focus : nil) else {
      notice = .problem(
        onNode
          ? localized("This row cannot be tried on the chosen tensor.")
          : localized("There is nothing to try in this row."))
      return
    }
    guide.trial = trial
  }

  /// Gives the commands of the answer to the command line, one after the other.
  fileprivate mutating func showAnswer() {
    guard guide.page == .questions, lessons.questions.indices.contains(guide.question) else { return }
    let numbers = liveNumbers
    guide.toShow = lessons.questions[guide.question].show.map(numbers.fill)
    goOnShowing()
  }

  /// Carries out what is left of the way to an answer, up to the next command that moves the run: the rest waits until the
  /// run is there.
  fileprivate mutating func goOnShowing() {
    while !guide.toShow.isEmpty {
      let line = guide.toShow.removeFirst()
      let before = effects.count
      carryOut(line, .standard)
      if GuidePaneState.movesTheRun(line), effects.count > before { return }
    }
  }
}
