import DebuggerUI
import TerminalUI
import Testing
import Trace

struct GraphChoiceTests {
  private let state = States.digits(.paused)

  /// The chosen node after those keys.
  private func choice(_ keys: Press...) -> String? {
    var state = state
    for key in keys { state = state.after(key) }
    return state.focus.node
  }

  @Test func theChoiceStartsAtTheNodeThatRanLastAndMovesAlongEdges() {
    #expect(choice(.up) == "fc1.relu")
    #expect(choice(.up, .up) == "fc1.linear")
    #expect(choice(.up, .up, .up) == "x")
    #expect(choice(.down) == "cross_entropy")
    #expect(choice(.left) == "fc2.weight")
    #expect(choice(.left, .down) == "fc2.bias")
    #expect(choice(.left, .right) == "fc2.linear")
  }

  @Test func lettersMoveAsArrowsDo() {
    #expect(choice("k") == choice(.up))
    #expect(choice("j") == choice(.down))
    #expect(choice("h") == choice(.left))
    #expect(choice("h", "l") == choice(.left, .right))
  }

  @Test func aPageGoesToTheEnds() {
    #expect(choice(.pageUp) == "x")
    #expect(choice(.pageDown) == "cross_entropy")
  }

  @Test func atTheEndTheChoiceStays() {
    let last = state.after(.down)
    #expect(last.answer(.down) == "")
    #expect(last.answer(.pageDown) == "")
  }

  @Test func aMoveAsksTheRunForTheNodesUsualView() {
    #expect(state.answer(.up) == "choice fc1.relu → focus fc1.relu")
    #expect(state.after("v").answer(.up) == "choice fc1.relu → focus fc1.relu")
  }

  @Test(arguments: [Press.character("f"), .escape])
  func theChoiceFollowsTheRunAgain(key: Press) {
    #expect(state.after(.up).answer(key) == "choice run → focus run")
  }

  @Test func viewsGoRoundByTheKindOfNode() {
    #expect(state.after("v").focus == Focus(node: "fc2.linear", view: .value))
    #expect(state.after("v", "v").focus == Focus(node: "fc2.linear", view: .gradient))
    #expect(state.after("v", "v", "v").focus == Focus(node: "fc2.linear", view: .value))
    let parameter = States.digits(.paused, DigitsRun.moment(.update, 0))
    #expect(parameter.after("v").focus == Focus(node: "fc1.weight", view: .value))
    #expect(parameter.after("v", "v").focus == Focus(node: "fc1.weight", view: .gradient))
    #expect(parameter.after("v", "v", "v").focus == Focus(node: "fc1.weight", view: .update))
  }

  @Test func aChosenNodeThatANewGraphLacksLeavesTheKeysUsable() {
    var update = RunUpdate()
    update.moment = Moment(
      position: Position(step: 301, phase: .forward, node: 0), current: 0,
      graph: ComputationGraph(nodes: [
        .init(id: 0, name: "other", operation: "other", kind: .operation, shape: [2])
      ]), states: [NodeState(progress: .forward, valueNorm: 1)])
    let changed = state.after(.up).on(update, seconds: 11).state
    #expect(changed.answer("v") == "")
    #expect(changed.answer(.up) == "choice other → focus other")
    #expect(changed.lines.contains { $0.contains("fc1.relu has no value at this moment") })
  }
}
