import Export
import TerminalUI
import Testing

/// A screen as an SVG file.
struct SVGFileTests {
  private func svg(_ screen: Buffer, theme: PictureTheme? = nil, title: String = "a <b> & \"c\"\u{1b}")
    -> String
  {
    String(decoding: PictureKind.svg.bytes(screen, title: title, theme: theme), as: UTF8.self)
  }

  private func screen(_ lines: String..., style: Style = .plain) -> Buffer {
    var screen = Buffer(size: Size(width: 40, height: max(1, lines.count)))
    for (y, line) in lines.enumerated() { screen.draw(line, x: 0, y: y, style: style) }
    return screen
  }

  @Test func itIsWellFormedAndNeedsNoOtherFile() {
    let text = svg(screen("<tag> & \"quotes\"", "▀▄█▌░╭─╮┼⣿ ∇fc1 ‖ σ"))
    let checked = MarkupChecker(text)
    #expect(checked.faults == [])
    #expect(checked.elements.first == "svg")
    #expect(!checked.elements.contains { ["script", "image", "use", "foreignObject"].contains($0) })
    #expect(!text.contains("url(") && !text.contains("href") && !text.contains("@import"))
    #expect(text.components(of: "http") == 1)
    #expect(checked.texts["title"] == ["a <b> & \"c\"\u{fffd}"])
  }

  @Test func allItsTextIsText() {
    let checked = MarkupChecker(svg(screen("one two  three    four", "∇fc1 ‖ x → y")))
    #expect(
      checked.texts["text"]?.joined(separator: "|")
        == "one two  three|four|∇|fc1|‖|x|→|y")
  }

  @Test func aRunIsAsLongAsItsCellsWhateverTheFont() {
    let text = svg(screen("loss 0.25"))
    #expect(text.contains(" x=\"0\" y=\"12\" textLength=\"72\">loss 0.25</text>"))
  }

  @Test func linesAndBlocksAreDrawnSoThatTheyJoin() {
    let text = svg(screen("────", "▀▀▀▀", "⠁"))
    #expect(MarkupChecker(text).texts["text"] == nil)
    #expect(text.contains("L\" d=\"M0 7.5h32\"/>"))
    #expect(text.contains("d=\"M0 4h32\"/>"))
    #expect(text.contains("D\" d=\"M2 2h0\"/>"))
  }

  @Test func everyCharacterThatIsDrawnHasAShape() {
    for value in Array(0x2500...0x259f) + [0x28ff] {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let text = svg(screen(String(Character(scalar))))
      #expect(text.contains("<path") && !text.contains("<text"), "\(scalar)")
    }
  }

  @Test func stylesAreColoursAndClasses() {
    let style = Style(
      foreground: .rgb(1, 2, 3), background: .rgb(255, 0, 0), attributes: [.bold, .italic, .underline])
    let text = svg(screen("ab", style: style))
    #expect(text.contains(".a{color:#010203}.b{color:#f00}"))
    #expect(text.contains("<path class=\"b F\" d=\"M0 8h16\"/>"))
    #expect(text.contains("<text class=\"a B I U\" x=\"0\" y=\"12\" textLength=\"16\">ab</text>"))
    let reversed = svg(screen("ab", style: style.reversed))
    #expect(reversed.contains("<path class=\"b F\"") && reversed.contains(".a{color:#f00}.b{color:#010203}"))
  }

  @Test func aThemeHasItsGround() {
    let (dark, light) = (svg(screen("a"), theme: .dark), svg(screen("a"), theme: .light))
    #expect(dark == svg(screen("a")))
    #expect(dark != light && light.contains("<rect width=\"336\" height=\"32\" rx=\"6\" fill=\"#f"))
  }

  @Test func aScreenWithoutCellsIsAPicture() {
    #expect(MarkupChecker(svg(Buffer(size: .zero))).faults == [])
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
