import Diagnosis
import Testing

/// Which steps are looked at is a function of the step alone.
struct LookScheduleTests {
  @Test func allOfTheFirstStepsAreLookedAtAndThenFewerAndFewer() {
    let steps = (1...300).filter(LookSchedule.includes)
    #expect(
      steps == Array(1...20) + [24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256])
  }

  @Test func fromStep1024OnTwoAreLookedAtInEachDoubling() {
    let steps = (600...9_000).filter(LookSchedule.includes)
    #expect(steps == [640, 768, 896, 1_024, 1_536, 2_048, 3_072, 4_096, 6_144, 8_192])
  }

  @Test func looksAreNeverFartherApartThan4096Steps() {
    let steps = (100_000...115_000).filter(LookSchedule.includes)
    #expect(steps == [102_400, 106_496, 110_592, 114_688])
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
