import NCursesTerminal
import Testing

struct UnmarkedPasteTests {
  private let start = ContinuousClock.now

  private func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x6a, count: count) }

  @Test func whatIsTypedIsKeys() {
    var paste = UnmarkedPaste()
    #expect(paste.part(bytes(3), at: start) == .keys(bytes(3)))
    let arrows = Array(String(repeating: "\u{1b}[A", count: 1_000).utf8)
    #expect(paste.part(arrows, at: start) == .keys(arrows))
  }

  @Test func muchAtOnceIsATextWithItsRest() {
    var paste = UnmarkedPaste()
    let text = Array(String(repeating: "hello\r", count: 200).utf8)
    #expect(paste.part(text, at: start) == .paste(String(repeating: "hello\n", count: 200)))
    #expect(paste.part(bytes(2), at: start + .milliseconds(40)) == .paste("jj"))
    #expect(paste.part(bytes(2), at: start + .milliseconds(80)) == .paste("jj"))
    #expect(paste.part(bytes(2), at: start + .milliseconds(200)) == .keys(bytes(2)))
    #expect(paste.part(bytes(1), at: start + .milliseconds(210)) == .keys(bytes(1)))
  }

  @Test func aVeryLongTextIsCut() {
    var paste = UnmarkedPaste()
    let longest = InputSplitter.longestPaste
    #expect(paste.part(bytes(longest - 2), at: start) == .paste(String(repeating: "j", count: longest - 2)))
    #expect(paste.part(bytes(5), at: start) == .paste("jj"))
    #expect(paste.part(bytes(5_000), at: start) == nil)
    #expect(paste.part(bytes(2_000), at: start + .seconds(1)) == .paste(String(repeating: "j", count: 2_000)))
  }
}
