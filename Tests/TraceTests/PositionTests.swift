import Testing
import Trace

struct PositionTests {
  @Test func phasesComeInTheOrderInWhichAnStepRunsThem() {
    #expect(Phase.allCases.sorted() == [.batch, .zeroGrad, .forward, .loss, .backward, .update])
  }

  @Test func phasesAreNamedInLowerCase() {
    #expect(Phase.allCases.map(\.name) == ["batch", "zero_grad", "forward", "loss", "backward", "update"])
  }

  @Test func stepGoesBeforePhaseAndPhaseBeforeNode() {
    let ordered = [
      Position(step: 1, phase: .batch, node: 7),
      Position(step: 1, phase: .forward, node: 0),
      Position(step: 1, phase: .forward, node: 1),
      Position(step: 1, phase: .loss, node: 0),
      Position(step: 1, phase: .backward, node: 0),
      Position(step: 1, phase: .update, node: 0),
      Position(step: 1, phase: .update, node: 3),
      Position(step: 2, phase: .batch, node: 0),
      Position(step: 10, phase: .batch, node: 0),
    ]
    #expect(ordered.reversed().sorted() == ordered)
  }

  @Test func ofAnyTwoPositionsExactlyOneRelationHolds() {
    let positions = (1...3).flatMap { step in
      Phase.allCases.flatMap { phase in
        (0..<3).map { Position(step: step, phase: phase, node: $0) }
      }
    }
    for left in positions {
      for right in positions {
        #expect([left < right, left == right, left > right].count { $0 } == 1)
      }
    }
  }
}
