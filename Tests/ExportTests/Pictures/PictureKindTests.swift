import Export
import TerminalUI
import Testing

/// The kinds of files that a screen is saved in.
struct PictureKindTests {
  private var screen: Buffer {
    var screen = Buffer(size: Size(width: 4, height: 3))
    screen.draw("ab", x: 1, y: 0, style: .bold.foreground(.rgb(1, 2, 3)))
    screen.draw("é", x: 0, y: 2)
    return screen
  }

  private func text(_ kind: PictureKind) -> String {
    String(decoding: kind.bytes(screen, title: "a"), as: UTF8.self)
  }

  @Test(
    arguments: [
      ("a.svg", .svg), ("a/b.HTML", .html), ("a.ans", .ansi), ("a.txt", .text), ("a.png", nil), ("a", nil),
    ] as [(String, PictureKind?)])
  func theEndingOfAFileIsItsKind(_ file: String, _ kind: PictureKind?) {
    #expect(PictureKind(file: file) == kind)
  }

  @Test func colouredTextHasALineForEachRow() {
    #expect(text(.ansi) == " \u{1b}[0;1;38;2;1;2;3mab\u{1b}[0m\n \n\u{e9}\n")
  }

  @Test func plainTextHasNoColours() {
    #expect(text(.text) == " ab\n\né\n")
  }
}
