import NCursesTerminal
import Testing

struct FramePacingTests {
  private let start = ContinuousClock().now

  private func at(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

  @Test func aTerminalThatIsNotAskedGetsEveryFrame() {
    var pacing = FramePacing(asks: false)
    for frame in 0..<10 { pacing.send(at: at(frame)) }
    #expect(pacing.isOpen(at: at(10)))
    #expect(!pacing.isAsking)
  }

  @Test func theTimeThatATerminalTakesForAFrameIsKnown() {
    var pacing = FramePacing(asks: false)
    pacing.send(at: at(0))
    pacing.taken(at: at(70))
    #expect(pacing.frameTime == .milliseconds(70))
  }

  @Test func onAFastLineSomeFramesAreOnTheirWay() {
    var pacing = FramePacing(asks: true)
    pacing.send(at: at(0))
    pacing.send(at: at(1))
    #expect(pacing.isOpen(at: at(2)))
    pacing.send(at: at(2))
    #expect(!pacing.isOpen(at: at(3)))
    pacing.answer(at: at(100))
    #expect(pacing.isOpen(at: at(101)))
    #expect(pacing.frameTime == .zero)
  }

  @Test func onALineThatIsFullOneFrameIsOnItsWay() {
    var pacing = FramePacing(asks: true)
    pacing.send(at: at(0))
    pacing.answer(at: at(20))
    pacing.send(at: at(100))
    pacing.answer(at: at(500))
    #expect(pacing.frameTime == .milliseconds(380))
    pacing.send(at: at(600))
    #expect(!pacing.isOpen(at: at(601)))
  }

  @Test func aTerminalThatNoLongerAnswersIsNotWaitedForForEver() {
    var pacing = FramePacing(asks: true)
    for frame in 0..<3 { pacing.send(at: at(frame)) }
    #expect(!pacing.isOpen(at: at(1_999)))
    #expect(pacing.isOpen(at: at(2_000)))
  }
}
