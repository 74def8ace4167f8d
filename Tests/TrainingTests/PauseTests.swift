import Testing
import Trace
import Training

/// What the user sees of a run that plays: where a pause stops it, and what was chosen.
struct PauseTests {
  @Sendable private static func long() throws -> Experiment {
    var experiment = try smallExperiment()
    experiment.epochs = 1_000_000
    return experiment
  }

  @Test func aPauseStopsAtTheEndOfAnStepWhereAllIsToBeSeen() throws {
    let probe = RunProbe(isPaused: false, Self.long)
    for _ in 0..<5 {
      let moment = try #require(probe.stop(after: .pause))
      #expect(moment.position.phase == .update && moment.position.node == 3)
      #expect(moment.parameters.allSatisfy { $0.gradientNorm != nil && $0.updateRatio != nil })
      let next = try #require(probe.stop(after: .nextNode))
      #expect(next.position == Position(step: moment.position.step + 1, phase: .batch, node: 0))
      probe.runner.send(.run)
    }
  }

  @Test func whatIsChosenWhileTheRunPlaysIsShownUnasked() throws {
    let probe = RunProbe(isPaused: false, Self.long)
    for node in ["fc1.relu", "fc2.weight", "cross_entropy"] {
      probe.runner.send(.focus(Focus(node: node, view: .value)))
      let moment = try #require(probe.moment { $0.moment?.focus?.node == node })
      #expect(moment.focus?.view == .value)
      #expect(probe.seen.status == .running, "it is shown before the run is at its end")
    }
  }
}
