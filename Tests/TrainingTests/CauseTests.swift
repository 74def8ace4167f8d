import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

struct CauseTests {
  /// Weights that grow fourfold each step until they overflow.
  @Sendable private static func exploding() throws -> Experiment {
    var experiment = try smallExperiment()
    experiment.optimizer = SGD(
      experiment.model.namedParameters(), learningRate: 1, momentum: 0.9, weightDecay: 50)
    experiment.epochs = 40
    return experiment
  }

  /// A bias so low that the ReLU lets nothing through from the second step on.
  @Sendable private static func dying() throws -> Experiment {
    var experiment = try smallExperiment()
    experiment.optimizer = SGD(experiment.model.namedParameters(), learningRate: 0)
    return experiment
  }

  private func finished(_ make: @escaping @Sendable () throws -> Experiment) throws -> RunProbe {
    let probe = RunProbe(isPaused: false, make)
    _ = try #require(probe.moment { $0.status == .finished })
    return probe
  }

  private func cause(_ probe: RunProbe, _ command: Command) throws -> Cause {
    probe.runner.send(command)
    _ = probe.moment { $0.cause != nil }
    return try #require(probe.seen.cause)
  }

  @Test func aNaNLeadsBackToTheUpdateThatMadeAWeightInfinite() throws {
    let probe = try finished(CauseTests.exploding)
    let head = try #require(probe.seen.moment?.position)
    let cause = try cause(probe, .findCause(node: "cross_entropy", view: .value, cell: nil))
    #expect(cause.defect == .nan)
    #expect(cause.path.first?.node == "cross_entropy")
    let last = try #require(cause.path.last)
    #expect(last.position.step < head.step)
    #expect(cause.path.map(\.position.step) == cause.path.map(\.position.step).sorted(by: >))
    // What it names is true: there it is broken, and a step before nothing of the kind is.
    let there = try #require(probe.stop(after: .seek(last.position)))
    #expect(there.position == last.position)
    #expect(there.graph.node(named: last.node).map { there.states[$0.id].isBroken } == true)
    let before = try #require(probe.stop(after: .seek(step: last.position.step)))
    #expect(before.parameters.allSatisfy { $0.weightNorm.isFinite })
    #expect(probe.seen.warnings.isEmpty)
  }

  @Test func theRunIsPausedWhereItWasAfterTheAnswer() throws {
    let probe = try finished(CauseTests.exploding)
    let head = try #require(probe.seen.moment?.position)
    let moment = try #require(probe.stop(after: .findCause(node: "fc1.weight", view: .value, cell: 0)))
    #expect(moment.position == head)
    #expect(probe.seen.cause != nil)
  }

  /// A run that is paused at a ReLU whose units were all killed before step 2.
  private func killed() throws -> RunProbe {
    let probe = RunProbe(CauseTests.dying)
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .nextStep))
    for unit in 0..<5 {
      let change = Change.cell(parameter: "fc1.bias", index: [unit], value: -100)
      _ = try #require(probe.stop(after: .change(change, future: .dropped)))
    }
    for _ in 0..<2 { _ = try #require(probe.stop(after: .nextStep)) }
    _ = try #require(probe.stop(after: .runTo(node: "fc1.relu")))
    return probe
  }

  @Test func aDeadUnitLeadsToTheReLUAndTheStepSinceWhen() throws {
    let probe = try killed()
    let cause = try cause(probe, .findCause(node: "fc1.relu", view: .value, cell: nil))
    #expect(cause.defect == .zero)
    #expect(cause.path.map(\.node) == ["fc1.relu"])
    #expect(cause.conclusion.contains("relu is 0 where its input is not above 0; its inputs range from −"))
    #expect(cause.conclusion.hasSuffix("it has been so since step 2"))
  }

  @Test func aCellOfATensorThatIsAllZeroTellsSinceWhenAllOfItIs() throws {
    let probe = try killed()
    let cause = try cause(probe, .findCause(node: "fc1.relu", view: .value, cell: 7))
    #expect(cause.path.map(\.index) == [[1, 2]])
    #expect(cause.conclusion.hasSuffix("; all of fc1.relu has been 0 since step 2"))
  }

  @Test func aCellThatWasSetByHandIsTheCause() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    let change = Change.cell(parameter: "fc1.weight", index: [3, 20], value: .infinity)
    _ = try #require(probe.stop(after: .change(change, future: .dropped)))
    for _ in 0..<2 { _ = try #require(probe.stop(after: .nextStep)) }
    _ = try #require(probe.stop(after: .runTo(node: "fc2.linear")))
    let cause = try cause(probe, .findCause(node: "fc2.linear", view: .value, cell: nil))
    #expect(cause.conclusion.contains("was set by hand to a value that is not finite, in step 1"))
  }

  @Test func notesAndMarksAreEvents() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    probe.runner.send(.note("look here"))
    probe.runner.send(.mark(.start))
    #expect(probe.told { $0.events.count == 2 })
    #expect(probe.seen.events.map(\.kind) == [.note, .mark])
    #expect(probe.seen.events.first?.text == "look here")
  }

  @Test func whatIsSoundHasNoCause() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .runTo(node: "cross_entropy")))
    probe.runner.send(.findCause(node: "cross_entropy", view: .value, cell: nil))
    _ = try #require(probe.moment { $0.moment != nil })
    #expect(probe.seen.cause == nil)
    #expect(
      probe.seen.warnings == [
        "No value of cross_entropy is NaN, infinite or 0: nothing to explain."
      ])
  }
}
