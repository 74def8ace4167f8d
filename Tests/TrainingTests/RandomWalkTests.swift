import Autograd
import Testing
import Trace
import Training

struct RandomWalkTests {
  private static let steps: [Command] = [
    .nextNode, .nextNode, .nextNode, .previousNode, .previousNode, .nextPhase, .previousPhase,
    .nextStep, .previousStep, .seekHead,
  ]

  /// The next command of a walk: a step, or a leap to any moment up to a little beyond the head.
  private func command(_ generator: inout Generator, head: Position) -> Command {
    let choice = generator.below(RandomWalkTests.steps.count + 2)
    if choice < RandomWalkTests.steps.count { return RandomWalkTests.steps[choice] }
    return .seek(
      Position(
        step: 1 + generator.below(head.step + 1),
        phase: Phase.allCases[generator.below(Phase.allCases.count)], node: generator.below(4)))
  }

  /// Numbers of a moment in the first step do not depend on how much of the graph was known then.
  private func numbers(_ moment: Moment) -> [NodeState] { moment.states.filter { $0 != NodeState() } }

  private func undisturbed(_ make: @escaping @Sendable () throws -> Experiment) throws -> RunUpdate {
    let probe = RunProbe(isPaused: false, make)
    _ = try #require(probe.stop())
    return probe.seen
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func aWalkReproducesEveryMomentAndLeavesTheRunAsItWas(_ seed: UInt64) throws {
    let probe = RunProbe(
      limits: HistoryLimits(byteBudget: seed == 1 ? 256 << 20 : 40_000), forgetfulExperiment)
    var generator = Generator(seed: seed)
    var moment = try #require(probe.stop())
    var known: [Position: Moment] = [:]
    var head = moment.position
    for _ in 0..<(seed == 3 ? 10_000 : 1_000) {
      moment = try #require(probe.stop(after: command(&generator, head: head)))
      #expect(moment.position <= moment.head)
      #expect(moment.head >= head)
      head = moment.head
      if let before = known[moment.position] {
        try #require(numbers(before) == numbers(moment))
        try #require(before.parameters == moment.parameters)
        try #require(before.focus == moment.focus)
        try #require(before.loss == moment.loss)
        if moment.position.step > 1 { try #require(before.graph == moment.graph) }
      }
      known[moment.position] = moment
    }
    #expect(known.count > 100)
    while probe.seen.status != .finished { _ = try #require(probe.stop(after: .run)) }
    let free = try undisturbed(forgetfulExperiment)
    #expect(probe.seen.losses == free.losses)
    #expect(probe.seen.epochs == free.epochs)
    #expect(probe.seen.warnings.isEmpty)
  }

  @Test func aRunThatIsPlayedAndWalkedBackInTurnIsTheSameRun() throws {
    @Sendable func longer() throws -> Experiment {
      var experiment = try forgetfulExperiment()
      experiment.epochs = 200
      return experiment
    }
    let probe = RunProbe(limits: HistoryLimits(byteBudget: 100_000), longer)
    var generator = Generator(seed: 9)
    var moment = try #require(probe.stop())
    for _ in 0..<40 where probe.seen.status != .finished {
      probe.runner.send(.run)
      moment = try #require(probe.stop(after: .pause))
      for _ in 0..<10 {
        moment = try #require(probe.stop(after: command(&generator, head: moment.head)))
        #expect(moment.position <= moment.head)
      }
    }
    while probe.seen.status != .finished { _ = try #require(probe.stop(after: .run)) }
    let free = try undisturbed(longer)
    #expect(probe.seen.losses == free.losses)
    #expect(probe.seen.epochs == free.epochs)
    #expect(probe.seen.warnings.isEmpty)
  }
}
