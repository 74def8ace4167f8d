import TerminalUI

/// The control sequences that turn one screen into the next on a true-colour terminal.
///
/// **Source**: ECMA-48, 5th edition, CUP and SGR; 24-bit colour as in xterm.
package struct AnsiText {
  private(set) var text = ""
  private var style = Style.plain
  private var place: (x: Int, y: Int)?
  private let colors: PictureColors

  private init(_ colors: PictureColors) { self.colors = colors }

  /// The text that changes `old` into `new`; all of it where `old` is nil or of another size.
  package static func change(
    from old: Buffer?, to new: Buffer, _ colors: PictureColors = PictureColors(.dark)
  ) -> String {
    var result = AnsiText(colors)
    let isWhole = old?.size != new.size
    if isWhole { result.text += "\u{1b}[0m\u{1b}[2J" }
    for y in 0..<new.size.height {
      for x in 0..<new.size.width {
        let cell = new[x, y]
        if isWhole ? cell != .blank : cell != old?[x, y] { result.put(cell, x, y) }
      }
    }
    if result.style != .plain { result.text += "\u{1b}[0m" }
    return result.text
  }

  private mutating func put(_ cell: Cell, _ x: Int, _ y: Int) {
    if place?.x != x || place?.y != y { text += "\u{1b}[\(y + 1);\(x + 1)H" }
    if cell.style != style {
      text += AnsiText.sequence(cell.style, colors)
      style = cell.style
    }
    text.unicodeScalars.append(cell.scalar)
    place = (x + 1, y)
  }

  /// The sequence that sets a style in place of any other.
  static func sequence(_ style: Style, _ colors: PictureColors) -> String {
    let attributes: [(Attributes, String)] = [
      (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ]
    let codes =
      ["0"] + attributes.filter { style.attributes.contains($0.0) }.map(\.1)
      + color(colors.rgb(style.foreground), "38") + color(colors.rgb(style.background), "48")
    return "\u{1b}[\(codes.joined(separator: ";"))m"
  }

  private static func color(_ color: PictureColors.RGB?, _ code: String) -> [String] {
    color.map { ["\(code);2;\($0.red);\($0.green);\($0.blue)"] } ?? []
  }
}
