import Testing
import Trace

struct RegressionTargetTests {
  private let target = RegressionTarget(
    name: "price", mean: 100, deviation: 10, trainVariance: 1, validationVariance: 0)

  @Test func r2IsOneLessTheShareOfTheVariance() {
    #expect(target.trainR2(loss: 0) == 1)
    #expect(target.trainR2(loss: 1) == 0)
    #expect(target.trainR2(loss: 3) == -2)
    #expect(target.trainR2(loss: .nan) == nil)
    #expect(target.validationR2(loss: 1) == nil)
  }

  @Test func errorsAndValuesAreInTheTargetsUnits() {
    #expect(target.error(loss: 4) == 20)
    #expect(target.value(-1) == 90)
  }
}
