import Testing
import Trace

struct FocusTests {
  private let graph = ComputationGraph(nodes: [
    .init(id: 0, name: "x", operation: "x", kind: .input, shape: [4, 3]),
    .init(id: 1, name: "w", operation: "w", kind: .parameter, shape: [2, 3]),
    .init(id: 2, name: "linear", operation: "linear", kind: .operation, shape: [4, 2], inputs: [0, 1]),
  ])

  private func resolved(
    _ focus: Focus, _ phase: Phase, current: Int?, isPlaying: Bool = false
  ) -> String {
    let position = Position(step: 1, phase: phase, node: 0)
    let (node, view) = focus.resolved(in: graph, at: position, current: current, isPlaying: isPlaying)
    return "\(node?.name ?? "none") \(view.rawValue)"
  }

  @Test func aPausedRunShowsTheNodeThatRanLast() {
    #expect(resolved(Focus(), .batch, current: 0) == "x value")
    #expect(resolved(Focus(), .forward, current: 2) == "linear value")
    #expect(resolved(Focus(), .loss, current: 2) == "linear value")
    #expect(resolved(Focus(), .backward, current: 2) == "linear gradient")
    #expect(resolved(Focus(), .update, current: 1) == "w update")
  }

  @Test func aRunThatPlaysShowsTheFirstParameterAndAfterBackwardItsGradient() {
    #expect(resolved(Focus(), .forward, current: 2, isPlaying: true) == "w value")
    #expect(resolved(Focus(), .backward, current: 2, isPlaying: true) == "w gradient")
    #expect(resolved(Focus(), .update, current: 1, isPlaying: true) == "w gradient")
  }

  @Test func aChosenNodeStaysWhateverRuns() {
    for isPlaying in [false, true] {
      #expect(resolved(Focus(node: "x"), .forward, current: 2, isPlaying: isPlaying) == "x value")
      #expect(resolved(Focus(node: "x"), .backward, current: 2, isPlaying: isPlaying) == "x gradient")
    }
  }

  @Test func aChosenViewStaysInEveryPhase() {
    for phase in Phase.allCases {
      #expect(resolved(Focus(node: "w", view: .value), phase, current: 2) == "w value")
      #expect(resolved(Focus(node: "w", view: .update), phase, current: 2) == "w update")
    }
  }

  @Test func aChoiceThatTheGraphLacksFallsBackToTheRun() {
    #expect(resolved(Focus(node: "gone"), .forward, current: 2) == "linear value")
  }

  @Test func withoutACurrentNodeThereIsNone() {
    #expect(resolved(Focus(), .forward, current: nil) == "none value")
    #expect(resolved(Focus(), .forward, current: 17) == "none value")
    #expect(resolved(Focus(), .forward, current: -1) == "none value")
  }

  @Test func anEmptyGraphHasNoNodeToShow() {
    let position = Position(step: 1, phase: .backward, node: 0)
    let (node, view) = Focus(node: "w").resolved(
      in: ComputationGraph(), at: position, current: 0, isPlaying: true)
    #expect(node == nil)
    #expect(view == .gradient)
  }
}
