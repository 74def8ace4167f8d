import Export
import TerminalUI
import Testing

struct AsciicastTests {
  private let size = Size(width: 4, height: 2)

  private func screen(_ text: String, _ style: Style = .plain) -> Buffer {
    var buffer = Buffer(size: size)
    buffer.draw(text, x: 0, y: 1, style: style)
    return buffer
  }

  @Test func anAnimationHasAHeaderAndWhatChangesFromScreenToScreen() throws {
    var lines: [UInt8] = []
    var animation = try Asciicast(size: size, title: "digits", begun: 12.5) { lines += $0 }
    try animation.add(screen("ab"), at: 0)
    try animation.add(screen("ab"), at: 0.5)
    try animation.add(screen("aβ", .bold.foreground(.rgb(1, 2, 3))), at: 1)
    #expect(
      String(decoding: lines, as: UTF8.self) == #"""
        {"env":{"TERM":"xterm-256color"},"height":2,"timestamp":12,"title":"digits","version":2,"width":4}
        [0.0, "o", "\u001b[?25l\u001b[0m\u001b[2J\u001b[2;1Hab"]
        [1.0, "o", "\u001b[2;1H\u001b[0;1;38;2;1;2;3maβ\u001b[0m"]

        """#)
  }

  @Test func theEndShowsTheCursorAgainOnTheLastRow() throws {
    var lines: [UInt8] = []
    var animation = try Asciicast(size: size, title: "digits", begun: 0) { lines += $0 }
    try animation.finish(at: 2.5)
    #expect(
      String(decoding: lines, as: UTF8.self).hasSuffix("\n[2.5, \"o\", \"\\u001b[2;1H\\u001b[?25h\"]\n"))
  }

  @Test func aRoleHasTheColorOfTheDarkTheme() {
    let text = AnsiText.change(from: screen("a"), to: screen("b", .foreground(.role(.bad))))
    #expect(text == "\u{1b}[2;1H\u{1b}[0;38;2;255;132;116mb\u{1b}[0m")
  }

  @Test func aCellThatBecomesBlankIsWiped() {
    #expect(AnsiText.change(from: screen("ab"), to: screen("a")) == "\u{1b}[2;2H ")
  }
}
