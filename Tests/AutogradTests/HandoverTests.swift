import Autograd
import Testing

struct HandoverTests {
  private let millisecond: UInt64 = 1_000_000

  @Test func nothingIsSharedBeforeAMeasurement() {
    let handover = Handover()
    #expect(handover.isDue(at: 0))
    #expect(!handover.isWorthwhile(.max))
  }

  @Test func onlyWhatIsSixtyTimesAsLongAsAHandoverIsShared() {
    var handover = Handover()
    handover.note(roundTrip: 100, at: 0)
    #expect(handover.isWorthwhile(6_000))
    #expect(!handover.isWorthwhile(5_999))
    handover.note(roundTrip: 400, at: 0)
    #expect(!handover.isWorthwhile(6_000))
    #expect(handover.isWorthwhile(24_000))
  }

  @Test func itIsMeasuredEvery20Milliseconds() {
    var handover = Handover()
    handover.note(roundTrip: 100, at: millisecond)
    #expect(!handover.isDue(at: 20 * millisecond))
    #expect(handover.isDue(at: 21 * millisecond))
  }

  @Test func whereNoHelperComesTheCallerIsAloneForTwiceAsLongEachTime() {
    var handover = Handover()
    var now: UInt64 = 0
    for pause in [1, 2, 4, 8, 16, 32, 64, 128, 128] as [UInt64] {
      handover.note(roundTrip: nil, at: now)
      #expect(!handover.isWorthwhile(.max))
      #expect(!handover.isDue(at: now + pause * millisecond - 1))
      #expect(handover.isDue(at: now + pause * millisecond))
      now += pause * millisecond
    }
  }

  @Test func aHelperThatSleepsIsWokenForLongComputationsAndMeasuredOnceItIsAwake() {
    var handover = Handover()
    for start in [0, millisecond, 5 * millisecond] {
      handover.noteWaking(at: start)
      #expect(handover.isWorthwhile(1_000_000))
      #expect(!handover.isWorthwhile(999_999))
      #expect(!handover.isDue(at: start + 99_999))
      #expect(handover.isDue(at: start + 100_000))
    }
    handover.note(roundTrip: nil, at: 6 * millisecond)
    #expect(handover.isDue(at: 7 * millisecond))
  }

  @Test func aHelperThatWasStoppedIsNotAskedAgainAtOnce() {
    var handover = Handover()
    handover.note(roundTrip: 100, at: 0)
    // A part may be longer than the caller's own ones together.
    handover.note(own: 50_000, waited: 150_000, at: millisecond)
    #expect(handover.isWorthwhile(10_000))
    handover.note(own: 50_000, waited: 150_001, at: millisecond)
    #expect(!handover.isWorthwhile(10_000))
    #expect(!handover.isDue(at: 2 * millisecond - 1))
    #expect(handover.isDue(at: 2 * millisecond))
  }

  @Test func anIntervalWithoutAHaltMakesTheNextOneAFirstOne() {
    var handover = Handover()
    handover.note(roundTrip: nil, at: 0)
    handover.note(roundTrip: nil, at: 2 * millisecond)
    handover.note(roundTrip: 100, at: 6 * millisecond)
    handover.note(roundTrip: 100, at: 26 * millisecond)
    handover.note(roundTrip: nil, at: 46 * millisecond)
    #expect(handover.isDue(at: 47 * millisecond))
  }
}
