import Testing
import Trace

struct GradientCheckTests {
  private func judgement(_ gradient: Double, _ difference: Double) -> GradientComparison.Judgement {
    GradientComparison(index: [0], gradient: gradient, difference: difference, rounding: 1e-8).judgement
  }

  @Test func aComparisonIsHeldToItsRelativeErrorAboveRounding() {
    #expect(judgement(1, 1.001) == .agrees)
    #expect(judgement(1, 1.002) == .differs)
    #expect(judgement(1e-6, 2e-6) == .differs)
    #expect(judgement(0, 1e-6) == .differs)
    #expect(judgement(2e-6, 2.005e-6) == .agrees)
  }

  @Test func whatIsZeroOrAsSmallAsRoundingProvesNothing() {
    #expect(judgement(0, 0) == .provesNothing)
    #expect(judgement(1e-9, 2e-9) == .provesNothing)
  }

  @Test func whatIsNotFiniteCannotBeCompared() {
    #expect(judgement(.nan, 1) == .isNotFinite)
    #expect(judgement(.infinity, .infinity) == .isNotFinite)
  }

  @Test func theWorstComparisonDecides() {
    func check(_ numbers: [(Double, Double)], _ ofOperator: (Double, Double)? = nil)
      -> GradientComparison.Judgement
    {
      let all = numbers.map {
        GradientComparison(index: [0], gradient: $0.0, difference: $0.1, rounding: 1e-8)
      }
      let operators = ofOperator.map {
        [
          OperatorCheck(
            node: "halving", input: "x",
            worst: GradientComparison(index: [0], gradient: $0.0, difference: $0.1, rounding: 1e-8))
        ]
      }
      return GradientCheck(parameter: "w", cells: all, operators: operators ?? []).judgement
    }
    #expect(check([(0, 0), (1, 1)]) == .agrees)
    #expect(check([(0, 0), (0, 0)]) == .provesNothing)
    #expect(check([(1, 1), (1, 2)]) == .differs)
    #expect(check([(0, 0)], (1, 0.5)) == .differs)
    #expect(check([(1, 1), (.nan, 1)]) == .isNotFinite)
  }
}
