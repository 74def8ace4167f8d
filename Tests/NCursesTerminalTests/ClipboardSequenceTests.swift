import NCursesTerminal
import Testing

struct ClipboardSequenceTests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"), ("÷", "w7c="),
  ])
  func textIsInBase64(text: String, encoded: String) {
    #expect(ClipboardSequence.base64(Array(text.utf8)) == encoded)
  }

  @Test func aTerminalGetsOneSequence() {
    let sequence = ClipboardSequence(environment: ["TERM": "xterm-256color"]).copying("foo")
    #expect(sequence == "\u{1b}]52;c;Zm9v\u{07}")
  }

  @Test func tmuxGetsItForItselfAndForTheTerminal() {
    let sequence = ClipboardSequence(environment: ["TERM": "screen-256color", "TMUX": "/tmp/x"]).copying(
      "foo")
    #expect(
      sequence == "\u{1b}]52;c;Zm9v\u{07}\u{1b}Ptmux;\u{1b}\u{1b}]52;c;Zm9v\u{07}\u{1b}\\")
  }

  @Test func screenGetsItInPieces() {
    let text = String(repeating: "foo", count: 300)
    let sequence = ClipboardSequence(environment: ["TERM": "screen"]).copying(text)
    let parts = sequence.split(separator: "\u{1b}P").map { $0.dropLast(2) }
    #expect(parts.count == 3 && parts.allSatisfy { $0.count <= 512 })
    #expect(parts.joined() == "\u{1b}]52;c;\(ClipboardSequence.base64(Array(text.utf8)))\u{07}")
  }
}
