import Testing
import Trace

struct WorkProgressTests {
  @Test func workSaysHowFarItHasCome() throws {
    let progress = WorkProgress()
    try progress.during { try WorkProgress.reached(3, of: 4) }
    #expect(progress.share == 0.75)
    try progress.during { try WorkProgress.reached(9, of: 4) }
    #expect(progress.share == 1)
    try progress.during { try WorkProgress.reached(1, of: 0) }
    #expect(progress.share == 0)
  }

  @Test func workThatIsStoppedEnds() {
    let progress = WorkProgress()
    progress.stop()
    #expect(throws: WorkProgress.Stopped.self) {
      try progress.during { try WorkProgress.reached(1, of: 2) }
    }
  }

  @Test func nobodyNeedsToAsk() throws {
    try WorkProgress.reached(1, of: 2)
    #expect(WorkProgress.current == nil)
  }

  @Test func theTimeLeftIsThatOfTheRestAtTheSamePace() {
    #expect(TimeLeft.seconds(share: 0.25, after: 10) == 30)
    #expect(TimeLeft.seconds(share: 0.001, after: 10) == nil)
    #expect(TimeLeft.seconds(share: 0.5, after: 0.1) == nil)
    #expect(TimeLeft.text(11.2) == "12 s left")
    #expect(TimeLeft.text(600) == "10 min left")
    #expect(TimeLeft.text(36_000) == "10 h left")
    #expect(TimeLeft.text(.infinity) == "0 s left")
  }
}
