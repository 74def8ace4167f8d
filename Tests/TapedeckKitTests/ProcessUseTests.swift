import Foundation
import TapedeckKit
import Testing

/// What the system says of processes.
struct ProcessUseTests {
  @Test func thisProcessHasUsedSomething() throws {
    let use = try #require(ProcessUse.own)
    #expect(use.processorSeconds >= 0 && use.resident > 1_000_000)
    #expect(use.threads.map { $0 > 0 } ?? true)
  }

  #if os(Linux)
    @Test func aLineOfTheSystemIsRead() throws {
      let rest = (4...52).map(String.init).joined(separator: " ")
      let use = try #require(ProcessUse(stat: "12 (a (b) c) S \(rest)"))
      // utime and stime are the fields 14 and 15, num_threads is 20, rss 24.
      let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
      #expect(use.processorSeconds == 29 / ticks && use.threads == 20)
      #expect(use.resident == 24 * sysconf(Int32(_SC_PAGESIZE)))
    }

    @Test(arguments: ["", "12 (a", "12 (a) S 1 2 3", "12 (a) S " + String(repeating: "x ", count: 40)])
    func otherTextIsNone(_ text: String) { #expect(ProcessUse(stat: text) == nil) }

    @Test func aProcessThatIsNotThereHasNothing() { #expect(ProcessUse(of: Int32.max) == nil) }
  #endif
}
