/// Draws a line that is being typed, moved so far that its cursor is in view.
package struct TextInputLine: Widget {
  /// What is typed.
  package var input: TextInput
  /// How the text looks.
  package var style: Style

  /// A line with that input.
  package init(_ input: TextInput, style: Style = .plain) {
    self.input = input
    self.style = style
  }

  /// The first character in view in that many columns: a long line moves by half of them at once.
  package func firstCharacter(width: Int) -> Int {
    guard width > 1, input.cursor >= width else { return 0 }
    let half = width / 2
    return input.cursor / half * half - half
  }

  /// The column of a character in that many columns; nil where it is out of view.
  package func column(of character: Int, width: Int) -> Int? {
    let column = character - firstCharacter(width: width)
    return (0..<width).contains(column) ? column : nil
  }

  /// Draws the text with its cursor in the area's first row; what is cut off at an end is marked there.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let first = firstCharacter(width: area.width)
    let cursor = input.cursor - first
    let shown = input.characters.dropFirst(first).prefix(area.width)
    for (column, character) in shown.enumerated() {
      buffer[area.x + column, area.y] = Cell(character: character, style: style)
    }
    let ellipsis = Cell(buffer.capabilities.glyphs.ellipsis, style: style.dim)
    if first > 0 { buffer[area.x, area.y] = ellipsis }
    // The cursor's own character is always seen.
    if input.characters.count > first + area.width, cursor < area.width - 1 {
      buffer[area.maxX - 1, area.y] = ellipsis
    }
    buffer.restyle(Rect(x: area.x + cursor, y: area.y, width: 1, height: 1)) { $0 = $0.reversed }
  }
}
