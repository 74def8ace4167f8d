import Export
import Testing

struct AnimationPlanTests {
  private func rows(_ seconds: [Double]) -> [(step: Int, seconds: Double)] {
    seconds.enumerated().map { ($0 + 1, $1) }
  }

  private func plan(
    _ seconds: [Double], speed: Double? = 1, idleLimit: Double? = nil
  ) -> [[Double]] {
    AnimationPlan(rows(seconds), speed: speed, idleLimit: idleLimit).frames
      .map { [Double($0.step), $0.seconds] }
  }

  @Test func theLastStepOfEachTenthOfASecondIsShownWhenItEnded() {
    #expect(plan([5, 5.02, 5.04, 5.1, 5.25]) == [[1, 0], [4, 0.1], [5, 0.3]])
  }

  @Test func timesThatAreNotNumbersAreLeftOut() {
    #expect(plan([.nan, 0, .infinity, 1, .nan]) == [[2, 0], [4, 1]])
    #expect(plan([.nan], speed: nil) == [])
  }

  @Test func speedDividesTheTimes() {
    #expect(plan([0, 1, 2], speed: 4) == [[1, 0], [2, 0.3], [3, 0.5]])
    #expect(plan([0, 1, 2], speed: 0.5) == [[1, 0], [2, 2], [3, 4]])
  }

  @Test func anAnimationAtDefaultSpeedTakesTenToSixtySeconds() {
    #expect(plan([0, 0.001, 0.002], speed: nil) == [[1, 0], [2, 5], [3, 10]])
    #expect(plan([0, 15, 30], speed: nil) == [[1, 0], [2, 15], [3, 30]])
    #expect(plan([0, 300, 600], speed: nil) == [[1, 0], [2, 30], [3, 60]])
  }

  @Test func noScreenStaysLongerThanTheIdleLimit() {
    #expect(plan([0, 1, 61, 62], idleLimit: 2) == [[1, 0], [2, 1], [3, 3], [4, 4]])
  }

  @Test func aRunWithoutTimeOrStepsIsAnAnimationToo() {
    #expect(plan([3, 3, 3], speed: nil) == [[3, 0]])
    #expect(plan([], speed: nil) == [])
  }
}
