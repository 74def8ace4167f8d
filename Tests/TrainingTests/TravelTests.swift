import Autograd
import NN
import Testing
import Trace
import Training

struct TravelTests {
  private func position(_ step: Int, _ phase: Phase, _ node: Int) -> Position {
    Position(step: step, phase: phase, node: node)
  }

  /// A run that was stepped to the start of a step, whose graph is known by then.
  private func probe(
    standingAt step: Int = 3, limits: HistoryLimits = HistoryLimits(),
    _ make: @escaping @Sendable () throws -> Experiment = smallExperiment
  ) throws -> RunProbe {
    let probe = RunProbe(limits: limits, make)
    _ = try #require(probe.stop())
    for _ in 1..<step { _ = try #require(probe.stop(after: .nextStep)) }
    return probe
  }

  /// A moment as it is seen from any head.
  private func timeless(_ moment: Moment) -> Moment {
    var moment = moment
    moment.head = moment.position
    return moment
  }

  @Test(arguments: [smallExperiment, forgetfulExperiment])
  func steppingBackThroughAnStepIsSteppingForwardReversed(
    _ make: @escaping @Sendable () throws -> Experiment
  ) throws {
    let probe = try probe(make)
    var moments = [try #require(probe.stop(after: .seekHead))]
    while let last = moments.last, last.position.step == 3 {
      moments.append(try #require(probe.stop(after: .nextNode)))
    }
    #expect(moments.count > 13)
    let head = try #require(moments.last?.position)
    for expected in moments.dropLast().reversed() {
      let moment = try #require(probe.stop(after: .previousNode))
      #expect(moment.isBehindHead)
      #expect(moment.head == head)
      #expect(timeless(moment) == timeless(expected))
    }
    #expect(try #require(probe.stop(after: .previousNode)).position.step == 2)
    #expect(probe.seen.warnings.isEmpty)
  }

  @Test func stepsInThePastEndAtTheHead() throws {
    let probe = try probe()
    for command in [Command.nextNode, .nextPhase, .nextStep] {
      let head = try #require(probe.stop(after: .nextNode))
      _ = try #require(probe.stop(after: .previousNode))
      let moment = try #require(probe.stop(after: command))
      #expect(moment == head)
    }
  }

  @Test func whatCannotBeReachedIsTheNearestThatCan() throws {
    let probe = try probe()
    let head = try #require(probe.stop(after: .nextNode))
    let first = try #require(probe.stop(after: .seek(step: -4)))
    #expect(first.position == .start)
    for command in [Command.previousNode, .previousPhase, .previousStep] {
      #expect(try #require(probe.stop(after: command)) == first)
    }
    #expect(try #require(probe.stop(after: .seek(step: 1_000))) == head)
    #expect(try #require(probe.stop(after: .seekHead)) == head)
  }

  @Test func aPhaseBackAndAnStepBackLeadToTheirFirstAndSameNode() throws {
    let probe = try probe()
    _ = try #require(probe.stop(after: .seekHead))
    for _ in 0..<4 { _ = try #require(probe.stop(after: .nextPhase)) }
    #expect(try #require(probe.stop(after: .previousPhase)).position == position(3, .loss, 0))
    #expect(try #require(probe.stop(after: .previousStep)).position == position(2, .loss, 0))
    #expect(try #require(probe.stop(after: .previousPhase)).position == position(2, .forward, 0))
    #expect(try #require(probe.stop(after: .previousPhase)).position == position(2, .zeroGrad, 0))
    #expect(try #require(probe.stop(after: .previousPhase)).position == position(2, .batch, 0))
    #expect(try #require(probe.stop(after: .previousPhase)).position == position(1, .update, 0))
  }

  @Test func parametersOfAPastForwardAreThoseBeforeItsUpdate() throws {
    let probe = try probe(standingAt: 1)
    probe.runner.send(.focus(Focus(node: "fc1.weight", view: .value)))
    _ = probe.moment { $0.moment?.focus?.node == "fc1.weight" || $0.moment != nil }
    let forward = try #require(probe.stop(after: .nextNode)?.focus)
    _ = try #require(probe.stop(after: .nextStep))
    _ = try #require(probe.stop(after: .nextStep))
    let again = try #require(probe.stop(after: .seek(position(1, .forward, 0)))?.focus)
    let updated = try #require(probe.stop(after: .seek(position(1, .update, 0)))?.focus)
    #expect(forward == again)
    #expect(updated.values != again.values)
  }

  @Test func aFinishedRunCanBeWalkedBackAndEndsFinishedAgain() throws {
    let probe = RunProbe(isPaused: false, smallExperiment)
    let last = try #require(probe.stop())
    #expect(probe.seen.status == .finished)
    let back = try #require(probe.stop(after: .previousNode))
    #expect(probe.seen.status == .paused)
    #expect(back.position == position(6, .update, 2))
    #expect(try #require(probe.stop(after: .seek(.start))).position == .start)
    let end = try #require(probe.stop(after: .run))
    #expect(probe.seen.status == .finished)
    #expect(end.position == last.position)
    #expect(try #require(probe.stop(after: .nextNode)).position == last.position)
    #expect(probe.seen.losses.map(\.step) == Array(1...6))
    #expect(probe.seen.epochs.map(\.epoch) == [1, 2])
  }

  @Test func aRunThatPlaysStopsForAMovement() throws {
    let probe = RunProbe(isPaused: false) {
      var experiment = try smallExperiment()
      experiment.epochs = 10_000
      return experiment
    }
    #expect(try #require(probe.stop(after: .seek(.start))).position == .start)
    #expect(try #require(probe.stop(after: .seekHead)).isBehindHead == false)
  }
}
