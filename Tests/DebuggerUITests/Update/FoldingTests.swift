import DebuggerUI
import TerminalUI
import Testing
import Trace

struct FoldingTests {
  private let state = States.digits(.paused)

  /// The rows of the graph pane.
  private func rows(_ state: DebuggerState) -> [String] { state.lines.map { String($0.prefix(54)) } }

  @Test func theChosenNodesModuleFoldsToOneBoxAndBack() {
    let folded = state.after("o")
    #expect(folded.graph.folded == ["fc2"])
    #expect(rows(folded).contains { $0.contains("fc2 ▸ 3 nodes") })
    #expect(!rows(folded).dropFirst(3).contains { $0.contains("fc2.linear") })
    #expect(folded.after("o").graph.folded == [])
    #expect(rows(folded.after("o")) == rows(state))
  }

  @Test func aNodeOutsideOfAnyModuleFoldsNothing() {
    #expect(state.after(.down, "o").graph.folded == [])
    #expect(States.digits(.preparing).answer("o") == "")
    #expect(States.digits(.preparing).answer("O") == "")
  }

  @Test func allModulesFoldAndUnfold() {
    let folded = state.after("O")
    #expect(folded.graph.folded == ["fc1", "fc2"])
    #expect(folded.lines.contains { $0.contains("2 folded") })
    #expect(folded.after("O").graph.folded == [])
  }

  @Test func aFoldedModuleHasTheGreatestMagnitudeInItAndTheFarthestState() throws {
    let lines = rows(state.after("O"))
    // Of fc2's gradients, 5.1/97, 0.32/97 and 74/97, the last is the greatest; fc1 has values only.
    #expect(lines.contains { $0.contains("◂ fc2 ▸ 3 nodes   ∇0.76") })
    #expect(lines.contains { $0.contains("✓ fc1 ▸ 4 nodes     ‖92") })
  }

  @Test func aBrokenNodeIsSeenInItsFoldedModule() {
    var moment = DigitsRun.moment(.backward, 1)
    moment.states[1].valueNorm = .nan
    let lines = rows(States.digits(.paused, moment).after("O"))
    #expect(
      lines.contains { $0.contains("✗ fc1 ▸ 4 nodes     ‖NaN") || $0.contains("✗ fc1 ▸ 4 nodes    ‖NaN") })
  }

  @Test func theChoiceMovesThroughFoldedModules() {
    let folded = state.after("O")
    #expect(folded.after(.up).focus.node == "fc1.relu")
    #expect(folded.after(.up, .up).focus.node == "x")
    #expect(folded.after(.up, .up, .down).focus.node == "fc1.relu")
    #expect(folded.after(.down).focus.node == "cross_entropy")
  }

  @Test func modulesInModulesFoldFromTheInnermostOut() {
    let names = ["encoder.block1.fc", "encoder.block1.norm", "encoder.block2.fc", "head"]
    let graph = ComputationGraph(
      nodes: names.enumerated().map { id, module in
        .init(
          id: id, name: "\(module).linear", operation: "linear", kind: .operation, group: module, shape: [4],
          inputs: id == 0 ? [] : [id - 1])
      })
    let moment = Moment(
      position: Position(step: 1, phase: .forward, node: 3), current: 3, graph: graph,
      states: graph.nodes.map { _ in NodeState(progress: .forward, valueNorm: 1) })
    let state = States.digits(.paused, moment)
    #expect(
      state.after("O").graph.folded == ["encoder.block1.fc", "encoder.block1.norm", "encoder.block2.fc"])
    #expect(rows(state.after("O", "O")).contains { $0.contains("encoder.block1 ▸ 2 nodes") })
    let all = state.after("O", "O", "O")
    #expect(rows(all).contains { $0.contains("encoder ▸ 3 nodes") && $0.contains("encoder") })
    #expect(rows(all).contains { $0.contains("head ▸ 1 node ") })
    #expect(all.after("O").graph.folded == [])
    // Unfolding the outermost box shows the boxes in it.
    let inner = all.after(.up, "o")
    #expect(rows(inner).contains { $0.contains("encoder.block1 ▸ 2 nodes") })
  }

  @Test func aPressOnAFoldedModuleChoosesWhatItComputes() throws {
    let folded = state.after("O")
    let y = try #require(rows(folded).firstIndex { $0.contains("fc1 ▸") })
    let x = try #require(rows(folded)[y].firstIndex(of: "▸"))
    let column = rows(folded)[y].distance(from: rows(folded)[y].startIndex, to: x)
    #expect(
      folded.answer(.mouse(MouseEvent(x: column, y: y, kind: .press))) == "choice fc1.relu → focus fc1.relu")
  }

  @Test func breakpointsAreMarkedAtTheirNodesAndInFoldedModules() {
    var state = state
    state.breakpoints = [Breakpoint(id: 1, node: "fc2.linear"), Breakpoint(id: 2, node: "fc1.relu")]
    state.breakpoints[1].isEnabled = false
    #expect(rows(state).contains { $0.contains("◂●fc2.linear") })
    #expect(rows(state).contains { $0.contains("✓○fc1.relu") })
    #expect(rows(state.after("O")).contains { $0.contains("◂●fc2 ▸") })
    let ascii = state.screen(TerminalCapabilities(colorSupport: .none, isUnicode: false)).lines
    #expect(ascii.contains { $0.contains("<*fc2.linear") })
    #expect(ascii.contains { $0.contains("vofc1.relu") })
    state.breakpoints[1].node = "fc2.linear"
    #expect(rows(state).contains { $0.contains("◂●fc2.linear") })
  }
}
