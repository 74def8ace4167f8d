import Localization
import TerminalUI
import Trace

extension BridgePane {
  static var commands: [CommandRow] {
    [
      .key("[", name: "into", help: localized("go into the cell that the chosen cell is computed from")) {
        $0.goInto()
      },
      .key("]", name: "out", help: localized("come back out of it")) { $0.comeOut() },
      .key(
        .enter, name: "sample", help: localized("zoomed: go to the sample of the chosen term"),
        hint: localized("sample"), in: .bridge
      ) {
        $0.goToSampleOfTerm()
      }.useful { $0.isZoomed && $0.chosenTerm?.row != nil },
    ]
  }

  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect) {
    if state.showsTerms, let work = state.moment?.explanation?.work {
      let (term, last) = (state.bridge.term, max(0, work.terms.count - 1))
      switch direction {
      case .left, .right: state.bridge.operand = direction == .left ? 0 : 1
      default: state.bridge.term = max(0, min(term + direction.rows, last))
      }
      return
    }
    let last = BridgePane(state).lastRow(in: area)
    state.bridge.row = max(0, min(min(state.bridge.row, last) + direction.rows, last))
  }

  static func didTake(_ news: RunUpdate, _ state: inout DebuggerState) {
    let node = state.shownNode
    if node != state.bridge.node {
      (state.bridge.row, state.bridge.term, state.bridge.operand) = (0, 0, nil)
      state.bridge.node = node
    }
    let count = state.moment?.explanation?.work?.terms.count ?? 0
    state.bridge.term = max(0, min(state.bridge.term, count - 1))
  }

  /// Asks for all terms while there is room for them.
  static func layOut(_ state: inout DebuggerState, _ area: Rect) {
    if !area.isEmpty, !state.isZoomed {
      state.bridge.lineCount = BridgePane(state).lineCount(width: area.width)
    }
    let wanted = state.isZoomed && state.pane == .bridge
    guard wanted != state.focus.wantsAllTerms else { return }
    state.focus.wantsAllTerms = wanted
    state.send(.focus(state.focus))
  }
}

extension DebuggerState {
  /// Whether the bridge pane shows the terms of the cell one by one.
  var showsTerms: Bool {
    isZoomed && pane == .bridge && moment?.explanation?.work.map { $0.termCount > 0 } ?? false
  }

  /// The term at the cursor of the bridge pane; the largest where the pane is not open.
  fileprivate var chosenTerm: CellWork.Term? {
    guard let terms = moment?.explanation?.work?.terms, !terms.isEmpty else { return nil }
    return terms[showsTerms ? max(0, min(bridge.term, terms.count - 1)) : 0]
  }

  /// Shows the cell that is read: the one at the cursor, or of the largest term the one that was computed.
  fileprivate mutating func goInto() {
    if pane == .node, showsSlices { return moveSlice(by: -1) }
    if let shown = moment?.focus, shown.view == .update {
      // An update is computed from the gradient of the same cell.
      bridge.visits.append(focus)
      return show(Focus(node: shown.node, view: .gradient, followed: focus.followed))
    }
    guard let term = chosenTerm, let moment else {
      notice = .problem(
        localized("Nothing is worked out here: [ opens the cells that this one is computed from."))
      return
    }
    let computed = term.operands.first { operand in
      moment.graph.node(named: operand.node)?.kind == .operation
    }
    let chosen = bridge.operand.flatMap { term.operands.indices.contains($0) ? term.operands[$0] : nil }
    guard let operand = chosen ?? computed ?? term.operands.first else { return }
    bridge.visits.append(focus)
    show(
      Focus(
        node: operand.node, view: operand.view,
        followed: [FollowedCell(node: operand.node, cell: operand.cell)]
      ))
  }

  /// Shows the cell again from which the last one was gone into.
  fileprivate mutating func comeOut() {
    if pane == .node, showsSlices { return moveSlice(by: 1) }
    guard let last = bridge.visits.popLast() else {
      notice = .problem(
        localized("You have gone into no cell: [ goes into the one at the cursor of the bridge pane."))
      return
    }
    show(last)
  }

  private mutating func show(_ target: Focus) {
    var target = target
    target.wantsAllTerms = focus.wantsAllTerms
    followsByItself = false
    focus = target
    send(.focus(target))
  }

  /// Chooses the term's sample in the batch pane; without one the pane is zoomed back.
  fileprivate mutating func goToSampleOfTerm() {
    guard showsTerms, let row = chosenTerm?.row else {
      isZoomed.toggle()
      return
    }
    guard let count = moment?.batch?.samples.count, row < count else {
      notice = .problem(localized("That sample is not among those that the batch pane shows."))
      return
    }
    (sample, isZoomed, pane) = (row, false, .batch)
  }
}
