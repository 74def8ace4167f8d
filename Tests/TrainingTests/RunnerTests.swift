import Autograd
import NN
import Testing
import Trace
import Training

struct RunnerTests {
  /// The nodes of one step, in the order in which the engine runs them.
  static let step: [(Phase, String?)] = [
    (.batch, "x"), (.zeroGrad, nil), (.forward, "fc1.linear"), (.forward, "fc1.relu"),
    (.forward, "fc2.linear"),
    (.loss, "cross_entropy"), (.backward, "cross_entropy"), (.backward, "fc2.linear"),
    (.backward, "fc1.relu"),
    (.backward, "fc1.linear"), (.update, "fc1.weight"), (.update, "fc1.bias"), (.update, "fc2.weight"),
    (.update, "fc2.bias"),
  ]

  @Test func stepNodeRunsExactlyOneNodeInTheEnginesOrder() throws {
    let probe = RunProbe(smallExperiment)
    var moment = try #require(probe.stop())
    for round in 1...2 {
      for (index, expected) in RunnerTests.step.enumerated() {
        if round > 1 || index > 0 { moment = try #require(probe.stop(after: .nextNode)) }
        #expect(moment.position.step == round)
        #expect(moment.position.phase == expected.0)
        // zero_grad is shown at the first parameter.
        let name = expected.1 ?? "fc1.weight"
        #expect(moment.current.map { moment.graph.nodes[$0].name } == name)
      }
    }
  }

  @Test func aRunThatNobodyLooksAtTellsEveryLossAndEndsAsOneThatIsStepped() throws {
    let free = RunProbe(isPaused: false, smallExperiment)
    #expect(free.told { $0.status == .finished })
    let stepped = RunProbe(smallExperiment)
    var last = try #require(stepped.stop())
    while stepped.seen.status != .finished { last = try #require(stepped.stop(after: .nextStep)) }
    #expect(free.seen.losses == stepped.seen.losses)
    #expect(free.seen.losses.map(\.step) == Array(1...6))
    #expect(free.seen.moment?.position == last.position)
    #expect(free.seen.moment?.parameters == last.parameters)
  }

  @Test func whatHasNotRunYetHasNoValue() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .nextStep))
    _ = try #require(probe.stop(after: .nextNode))
    let moment = try #require(probe.stop(after: .nextNode))
    let states = Dictionary(
      zip(moment.graph.nodes.map(\.name), moment.states), uniquingKeysWith: { first, _ in first })
    #expect(moment.graph.nodes.count == 10)
    #expect(states["fc1.linear"]?.progress == .forward)
    #expect(states["fc1.linear"]?.gradientNorm == nil)
    #expect(states["fc1.relu"] == NodeState())
    #expect(moment.loss == nil)
  }

  @Test func backwardShowsTheGradientOfItsNode() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    for _ in 0..<4 { _ = try #require(probe.stop(after: .nextPhase)) }
    let moment = try #require(probe.stop(after: .nextNode))
    #expect(moment.position.phase == .backward)
    let focus = try #require(moment.focus)
    #expect(focus.node == "fc2.linear")
    #expect(focus.view == .gradient)
    // The rows of softmax − onehot add up to zero, and so does all of it.
    #expect(abs(focus.values.reduce(0, +)) < 1e-6)
    #expect(focus.statistics.norm > 0)
  }

  @Test func theUpdateOfAParameterIsWhatTheOptimizerAdded() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    for _ in 0..<5 { _ = try #require(probe.stop(after: .nextPhase)) }
    probe.runner.send(.focus(Focus(node: "fc1.weight", view: .update)))
    let update = try #require(probe.moment { $0.moment?.focus?.view == .update }?.focus)
    probe.runner.send(.focus(Focus(node: "fc1.weight", view: .gradient)))
    let gradient = try #require(probe.moment { $0.moment?.focus?.view == .gradient }?.focus)
    // The first step of SGD with momentum is −0.1 times the gradient.
    for (change, value) in zip(update.values, gradient.values) {
      #expect(abs(change + 0.1 * value) < 1e-6)
    }
  }

  @Test func stepStepStopsAtTheSameNode() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .nextNode))
    let first = try #require(probe.stop(after: .nextNode))
    let second = try #require(probe.stop(after: .nextStep))
    #expect(first.position == Position(step: 1, phase: .forward, node: 0))
    #expect(second.position == Position(step: 2, phase: .forward, node: 0))
  }

  @Test func aRunEndsFinishedWithEveryLossAndEpoch() throws {
    let probe = RunProbe(isPaused: false, smallExperiment)
    let last = try #require(probe.stop())
    #expect(probe.seen.status == .finished)
    #expect(probe.seen.losses.map(\.step) == Array(1...6))
    #expect(probe.seen.epochs.map(\.epoch) == [1, 2])
    #expect(last.position.step == 6)
  }

  @Test func aRunThatWasSteppedThroughGivesTheSameBitsAsOneThatWasNot() throws {
    let stepped = RunProbe(smallExperiment)
    _ = try #require(stepped.stop())
    for _ in 0..<30 { _ = try #require(stepped.stop(after: .nextNode)) }
    _ = try #require(stepped.stop(after: .run))
    let free = RunProbe(isPaused: false, smallExperiment)
    _ = try #require(free.stop())
    #expect(stepped.seen.losses == free.seen.losses)
    var headless: [EpochResult] = []
    try HeadlessRun(smallExperiment(), now: { 0 }).run { headless.append($0) }
    #expect(headless == stepped.seen.epochs)
  }

  @Test func anErrorInTheModelReachesTheScreenAsASentence() throws {
    let probe = RunProbe {
      var experiment = try smallExperiment()
      experiment.loss = WrongShape()
      return experiment
    }
    _ = try #require(probe.stop())
    probe.runner.send(.run)
    let message = try #require(probe.failure())
    #expect(message.contains("linear got [8, 10] and [3, 4]"))
    #expect(message.contains("RunnerTests.swift:"))
  }
}

/// A loss with a mistake in it.
private struct WrongShape: Loss {
  func callAsFunction(_ output: Tensor, _ target: Tensor, file: StaticString, line: UInt) throws -> Tensor {
    try output.linear(weight: Tensor.zeros([3, 4]))
  }

  @Test func aMomentTravelsWithItsGraphOnlyWhenThatChanged() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    let whole = try #require(probe.stop(after: .nextStep))
    var moment = whole
    moment.graph = ComputationGraph(nodes: Array(whole.graph.nodes.prefix(1)))
    var sent: [ComputationGraph?] = []
    let publisher = Publisher { update in
      #expect(update.moment?.graph == ComputationGraph())
      sent.append(update.graph)
    }
    for moment in [moment, whole, whole, moment] { publisher.publish(moment) }
    #expect(sent == [moment.graph, whole.graph, nil, moment.graph])
    // Whoever takes updates has every moment's graph.
    #expect(probe.stop(after: .nextNode)?.graph == whole.graph)
  }
}
