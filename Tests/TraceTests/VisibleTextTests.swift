import Testing
import Trace

struct VisibleTextTests {
  @Test func whatCommandsATerminalIsSpeltOut() {
    #expect("a\u{1b}[31mb\r\n\u{7f}".withVisibleControls == #"a\u{1b}[31mb\r\n\u{7f}"#)
    #expect("\u{9b}2J\u{202e}\u{2028}".withVisibleControls == #"\u{9b}2J\u{202e}\u{2028}"#)
  }

  @Test func otherTextStaysAsItIs() {
    for text in ["", "64→8→10", "naïve 日本 👩‍👩‍👧", "fc1.linear – 3"] { #expect(text.withVisibleControls == text) }
  }

  @Test func linesStayLines() {
    #expect("one\n\u{7}two\n".withVisibleControlsInLines == "one\n\\u{7}two\n")
  }
}
