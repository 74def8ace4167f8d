import Dispatch
import TapedeckKit
import Testing
import Trace

struct BackgroundTests {
  @Test func aValueIsThereWhenItIsMade() throws {
    let gate = DispatchSemaphore(value: 0)
    let work = Background {
      gate.wait()
      return 7
    }
    #expect(try work.value(within: 0) == nil)
    gate.signal()
    #expect(try work.value() == 7)
    #expect(try work.value(within: 0) == 7)
  }

  @Test func anErrorIsThrownWhereTheValueIsTaken() {
    let work = Background<Int> { throw WorkProgress.Stopped() }
    #expect(throws: WorkProgress.Stopped.self) { _ = try work.value() }
  }

  @Test func theLineOfProgressHasAShareAndTheTimeLeft() {
    let begun = ProgressLine.text("exporting", 0, seconds: 0)
    #expect(begun == "exporting \(String(repeating: "─", count: 24)) 0 %")
    let half = ProgressLine.text("exporting", 0.5, seconds: 6)
    #expect(half.hasSuffix(" 50 %  6 s left") && half.contains("████████████─"))
  }
}
