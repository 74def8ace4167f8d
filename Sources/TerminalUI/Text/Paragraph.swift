/// Lines of text, broken between words where they are wider than the area.
package struct Paragraph: Widget {
  /// The lines.
  package var lines: [TextLine]
  /// Whether lines too long are continued in the next row; otherwise they are cut.
  package var wraps: Bool
  /// How many rows are scrolled out at the top.
  package var firstRow: Int

  /// A paragraph of these lines.
  package init(_ lines: [TextLine], wraps: Bool = true, firstRow: Int = 0) {
    self.lines = lines
    self.wraps = wraps
    self.firstRow = firstRow
  }

  /// The rows in an area of that width.
  package func rows(width: Int) -> [TextLine] {
    guard wraps, width > 0 else { return lines }
    return lines.flatMap { $0.wrapped(width: width) }
  }

  /// Draws the rows from the first one not scrolled out.
  package func draw(into buffer: inout Buffer, area: Rect) {
    for (index, line) in rows(width: area.width).dropFirst(max(0, firstRow)).prefix(area.height).enumerated()
    {
      line.draw(into: &buffer, area: area.row(index))
    }
  }
}

extension TextLine {
  /// The line in rows of at most `width` columns, broken at spaces where there are any.
  package func wrapped(width: Int) -> [TextLine] {
    guard width > 0, self.width > width else { return [self] }
    let characters = spans.flatMap { span in span.text.map { (character: $0, style: span.style) } }
    var rows: [TextLine] = []
    var start = 0
    while characters.count - start > width {
      let limit = start + width
      let space = characters[start...limit].lastIndex { $0.character == " " }
      let end = space.map { $0 > start ? $0 : limit } ?? limit
      rows.append(TextLine(styled: characters[start..<end]))
      start = end
      while start < characters.count, characters[start].character == " " { start += 1 }
    }
    if start < characters.count { rows.append(TextLine(styled: characters[start...])) }
    return rows
  }

  private init(styled characters: ArraySlice<(character: Character, style: Style)>) {
    self.init()
    for (character, style) in characters {
      if spans.last?.style == style {
        spans[spans.count - 1].text.append(character)
      } else {
        append(String(character), style)
      }
    }
  }
}
