import TerminalUI

extension AnsiText {
  /// A whole screen as lines in colour, which `cat` shows on a true-colour terminal.
  static func lines(of screen: Buffer, _ colors: PictureColors) -> String {
    (0..<screen.size.height).map { y in
      var line = ""
      var style = Style.plain
      let cells = screen.row(y)
      for cell in cells.prefix(through: cells.lastIndex { $0 != .blank } ?? cells.startIndex) {
        if cell.style != style {
          line += sequence(cell.style, colors)
          style = cell.style
        }
        line.unicodeScalars.append(cell.scalar)
      }
      return line + (style == .plain ? "\n" : "\u{1b}[0m\n")
    }.joined()
  }
}
