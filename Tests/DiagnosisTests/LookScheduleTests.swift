import Diagnosis
import Testing

/// Which steps are looked at is a function of the step alone.
struct LookScheduleTests {
  @Test func allOfTheFirstStepsAreLookedAtAndThenFewerAndFewer() {
    let steps = (1...300).filter(LookSchedule.includes)
    #expect(
      steps == Array(1...20) + [24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256])
  }

  @Test func looksAreNeverFartherApartThan2048Steps() {
    let steps = (100_000...110_000).filter(LookSchedule.includes)
    #expect(steps == [100_352, 102_400, 104_448, 106_496, 108_544])
  }

  @Test func theNextStepIsTheFirstOneThatIsLookedAt() {
    for step in 0..<20_000 {
      let next = LookSchedule.next(after: step)
      #expect(LookSchedule.includes(next) && !(step + 1..<next).contains(where: LookSchedule.includes))
    }
  }

  @Test func theyAreOneHundredthOfTenThousandSteps() {
    #expect((1...10_000).count(where: LookSchedule.includes) < 100)
  }
}
