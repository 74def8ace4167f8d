import Testing
import Trace

struct PositionTests {
  @Test func phasesComeInTheOrderInWhichAnIterationRunsThem() {
    #expect(Phase.allCases.sorted() == [.batch, .forward, .loss, .backward, .update])
  }

  @Test func phasesAreNamedInLowerCase() {
    #expect(Phase.allCases.map(\.name) == ["batch", "forward", "loss", "backward", "update"])
  }

  @Test func iterationGoesBeforePhaseAndPhaseBeforeNode() {
    let ordered = [
      Position(iteration: 1, phase: .batch, node: 7),
      Position(iteration: 1, phase: .forward, node: 0),
      Position(iteration: 1, phase: .forward, node: 1),
      Position(iteration: 1, phase: .loss, node: 0),
      Position(iteration: 1, phase: .backward, node: 0),
      Position(iteration: 1, phase: .update, node: 0),
      Position(iteration: 1, phase: .update, node: 3),
      Position(iteration: 2, phase: .batch, node: 0),
      Position(iteration: 10, phase: .batch, node: 0),
    ]
    #expect(ordered.reversed().sorted() == ordered)
  }

  @Test func ofAnyTwoPositionsExactlyOneRelationHolds() {
    let positions = (1...3).flatMap { iteration in
      Phase.allCases.flatMap { phase in
        (0..<3).map { Position(iteration: iteration, phase: phase, node: $0) }
      }
    }
    for left in positions {
      for right in positions {
        #expect([left < right, left == right, left > right].count { $0 } == 1)
      }
    }
  }
}
