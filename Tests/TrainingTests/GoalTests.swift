import Testing
import Trace
import Training

/// Going to a step that has not been.
struct GoalTests {
  private func position(_ step: Int, _ phase: Phase = .batch) -> Position {
    Position(step: step, phase: phase, node: 0)
  }

  @Test func theRunContinuesToTheStepAndPausesThere() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    let there = try #require(probe.stop(after: .goTo(position(4, .backward))))
    #expect(there.position == position(4, .backward))
    #expect(there.head == there.position)
    #expect(probe.seen.losses.map(\.step) == [1, 2, 3])
    // Back it goes through the past, and the head stays.
    let back = try #require(probe.stop(after: .goTo(position(2))))
    #expect(back.position == position(2) && back.head == there.position)
  }

  @Test func fromThePastTheWayLeadsThroughTheHead() throws {
    let straight = RunProbe(smallExperiment)
    _ = try #require(straight.stop())
    let expected = try #require(straight.stop(after: .goTo(position(5))))
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop(after: .goTo(position(3))))
    _ = try #require(probe.stop(after: .seek(.start)))
    let there = try #require(probe.stop(after: .goTo(position(5))))
    #expect(there.position == position(5) && there.parameters == expected.parameters)
    #expect(probe.seen.warnings.isEmpty)
  }

  @Test func aBreakpointStopsItOnTheWay() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    probe.runner.send(.breakpoints([try Breakpoint(id: 1, parsing: "step == 3")]))
    #expect(try #require(probe.stop(after: .goTo(position(5)))).position == position(3))
    // It is forgotten there: the run goes on to its end.
    let end = try #require(probe.stop(after: .run))
    #expect(end.position.step == 6 && probe.seen.status == .finished)
  }

  @Test func beyondTheEndItStopsAtTheEnd() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    let end = try #require(probe.stop(after: .goTo(position(1_000))))
    #expect(end.position.step == 6 && end.position.phase == .update)
    #expect(probe.seen.status == .finished)
  }

  @Test func onTheWayItSaysWhereItGoesAndPausesWhereItIs() throws {
    let probe = RunProbe {
      var experiment = try smallExperiment()
      experiment.epochs = 1_000_000
      return experiment
    }
    _ = try #require(probe.stop())
    probe.runner.send(.goTo(position(2_000_000)))
    probe.runner.requestMoment()
    let moving = try #require(probe.moment { $0.progress != nil })
    #expect(probe.seen.progress?.target == 2_000_000)
    let there = try #require(probe.stop(after: .pause))
    #expect(there.position > moving.position && probe.seen.progress == nil)
  }
}
