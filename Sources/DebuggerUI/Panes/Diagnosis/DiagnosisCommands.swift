import Diagnosis
import Localization
import TerminalUI
import Trace

extension DiagnosisPane {
  static var commands: [CommandRow] {
    [
      .key(
        .enter, name: "open-finding", help: localized("open the finding, then go to where it shows"),
        hint: localized("open"), in: .diagnosis
      ) { $0.openFinding() }
      // In an open one it does what s does.
      .useful { $0.diagnosis.page == .findings && !$0.diagnosis.shown.isEmpty && !$0.diagnosis.isOpen },
      .key(
        "s", name: "show-finding",
        help: localized("show the finding: go to its step, and to its tensor and cell or its curve"),
        hint: localized("show me"), in: .diagnosis
      ) { $0.showFinding() }
      .useful { $0.diagnosis.page == .findings && !$0.diagnosis.shown.isEmpty },
      .key(
        "m", name: "mute", help: localized("hide what a rule finds: that of the chosen finding, or by name"),
        hint: localized("mute"), in: .diagnosis
      ) { $0.muteChosen() }
      .useful { $0.diagnosis.page == .rules || !$0.diagnosis.shown.isEmpty }
      .taking(localized("[RULE]"), .rule, example: "dead-relu") { (arguments, _) throws(ConsoleError) in
        let rule = try arguments.rule()
        return { $0.mute(rule) }
      },
      .typed(
        "unmute", localized("RULE"), .mutedRule, example: "dead-relu",
        help: localized("show again what a rule finds")
      ) { (arguments, _) throws(ConsoleError) in
        let rule = try arguments.rule()
        return { $0.unmute(rule) }
      },
      .only(findingsCommand, help: localized("show what the diagnosis has found")) {
        $0.diagnosis.page = .findings
        $0.pane = .diagnosis
      },
      rules,
    ]
  }

  /// `:rules` from anywhere; in the pane `v` goes there and back.
  private static var rules: CommandRow {
    var row = CommandRow.only("rules", help: localized("list the rules of diagnosis, with their thresholds"))
    {
      $0.diagnosis.page = .rules
      $0.pane = .diagnosis
    }
    row.pane = .diagnosis
    row.hint = localized("rules")
    row.bindings = [
      .init(key: "v") { $0.diagnosis.page = $0.diagnosis.page == .rules ? .findings : .rules }
    ]
    return row
  }

  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect) {
    let rows = direction.rows
    if state.diagnosis.page == .rules {
      state.diagnosis.rule = max(0, min(state.diagnosis.rule + rows, Rule.all.count - 1))
    } else if state.diagnosis.isOpen {
      let last = max(0, openLines(state, width: area.width).count - area.height)
      state.diagnosis.row = max(0, min(state.diagnosis.row + rows, last))
    } else if let last = FindingBelow.lastRow(state, area), direction == .pageUp || direction == .pageDown {
      state.diagnosis.row = max(0, min(state.diagnosis.row + rows, last))
    } else {
      state.diagnosis.move(by: rows)
      state.diagnosis.row = 0
    }
  }

  /// A press chooses a finding, and opens the one that is chosen.
  static func press(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect) {
    guard mouse.kind == .press, state.diagnosis.page == .findings, !state.diagnosis.isOpen else { return }
    let list = DiagnosisRooms(state, area).list
    guard list.contains(x: mouse.x, y: mouse.y) else { return }
    let place = visible(state, list).lowerBound + mouse.y - list.y
    let shown = state.diagnosis.shown
    guard shown.indices.contains(place) else { return }
    if state.diagnosis.chosen == shown[place].id { return state.openFinding() }
    (state.diagnosis.chosen, state.diagnosis.row) = (shown[place].id, 0)
  }

  static func menu(_ state: DebuggerState, at mouse: MouseEvent?, _ area: Rect) -> PaneMenu {
    guard let finding = state.diagnosis.choice else {
      return PaneMenu(entries: [(localized("list the rules"), "rules")])
    }
    return PaneMenu(
      title: finding.rule,
      entries: [
        (localized("show me"), "show-finding"), (localized("mute this rule"), "mute \(finding.rule)"),
        (localized("list the rules"), "rules"),
      ])
  }

  static func close(_ state: inout DebuggerState) -> Bool {
    guard state.pane == .diagnosis else { return false }
    if state.diagnosis.page == .rules {
      state.diagnosis.page = .findings
      return true
    }
    guard state.diagnosis.isOpen else { return false }
    state.closeFinding()
    return true
  }

  static func didTake(_ news: RunUpdate, _ state: inout DebuggerState) {
    if let fork = news.fork { state.diagnosis.fork(at: fork.position) }
    if !news.findings.isEmpty { state.diagnosis.add(news.findings) }
    if let judged = news.judged { state.diagnosis.judged = judged }
  }
}

extension DebuggerState {
  /// Opens the chosen finding; of an open one, shows where it is.
  fileprivate mutating func openFinding() {
    guard let finding = chosenFinding() else { return }
    if diagnosis.isOpen { return show(finding) }
    (diagnosis.isOpen, diagnosis.row, diagnosis.chosen) = (true, 0, finding.id)
    if !isZoomed, areas[.diagnosis, default: Rect(.zero)].height < DebuggerState.leastOpenHeight {
      (isZoomed, diagnosis.isZoomedToOpen) = (true, true)
    }
  }

  /// Below so many rows the pane is zoomed to open a finding.
  private static let leastOpenHeight = 12

  /// Closes the open finding, and ends the zoom in which it was opened.
  fileprivate mutating func closeFinding() {
    if diagnosis.isZoomedToOpen { isZoomed = false }
    (diagnosis.isOpen, diagnosis.isZoomedToOpen, diagnosis.row) = (false, false, 0)
  }

  fileprivate mutating func showFinding() {
    guard let finding = chosenFinding() else { return }
    show(finding)
  }

  private mutating func chosenFinding() -> Finding? {
    if diagnosis.page == .rules { return nil }
    if diagnosis.choice == nil { notice = .problem(localized("There is no finding to show.")) }
    return diagnosis.choice
  }

  /// Goes to the moment of a finding, and shows its node, view and cell.
  private mutating func show(_ finding: Finding) {
    if diagnosis.isZoomedToOpen { (isZoomed, diagnosis.isZoomedToOpen) = (false, false) }
    if let subject = finding.subject {
      let isNode = nodeNames.contains(subject)
      let node = isNode ? subject : node(ofModule: subject)
      if let node {
        choose(Focus(node: node, view: finding.view))
        if isNode, let cell = finding.cell { follow(cell, of: node) }
        pane = .node
      }
    } else if let measure = Rule.named(finding.rule)?.measure {
      show(measure, at: finding.position.step)
    }
    notice = Notice(finding.line)
    visit(.seek(finding.position))
  }

  /// Shows what a finding about the whole run was measured by.
  private mutating func show(_ measure: Rule.Measure, at step: Int) {
    switch measure {
    case .loss: lossPane.chosen = .loss
    case .learningRate: lossPane.chosen = .series(.learningRate)
    case .updates:
      pane = .gradients
      return
    }
    lossPane.cursor = step
    if let whole = stepsWithValues { lossPane.window.reveal(Double(step), in: whole) }
    pane = .loss
  }

  private mutating func follow(_ place: Int, of node: String) {
    guard let shape = moment?.graph.node(named: node)?.shape, place < shape.reduce(1, *) else { return }
    let columns = max(1, shape.last ?? 1)
    cell = Matrix.Place(row: place / columns, column: place % columns)
    followsByItself = false
    follow([FollowedCell(node: node, cell: place)])
  }

  fileprivate mutating func muteChosen() {
    if diagnosis.page == .rules, Rule.all.indices.contains(diagnosis.rule) {
      let rule = Rule.all[diagnosis.rule].name
      return diagnosis.muted.contains(rule) ? unmute(rule) : mute(rule)
    }
    guard let finding = chosenFinding() else { return }
    mute(finding.rule)
  }

  fileprivate mutating func mute(_ rule: String) {
    diagnosis.muted.insert(rule)
    closeFinding()
    notice = Notice(localized("\(rule) is muted; :unmute \(rule) shows again what it finds"))
  }

  fileprivate mutating func unmute(_ rule: String) {
    guard diagnosis.muted.remove(rule) != nil else {
      notice = .problem(localized("\(rule) is not muted: its findings are shown"))
      return
    }
    notice = Notice(localized("\(rule) is no longer muted"))
  }
}

extension ArgumentKind {
  /// The name of a rule of diagnosis.
  fileprivate static let rule = words(Rule.all.map(\.name))

  /// The name of a rule that is muted.
  fileprivate static let mutedRule = ArgumentKind { _, state in
    state.diagnosis.muted.sorted().map { Completion.Candidate(text: $0) }
  }
}

extension CommandArguments {
  /// The only word as the name of a rule of diagnosis.
  ///
  /// - Throws: ``ConsoleError`` if there is no such rule.
  fileprivate func rule() throws(ConsoleError) -> String {
    let word = try word()
    guard Rule.named(word.text) == nil else { return word.text }
    guard let near = NearestNames.names(to: word.text, among: Rule.all.map(\.name)).first else {
      throw ConsoleError(localized("There is no rule '\(word.text)': :rules lists them."), at: word.column)
    }
    throw ConsoleError(localized("There is no rule '\(word.text)'; did you mean \(near)?"), at: word.column)
  }
}
