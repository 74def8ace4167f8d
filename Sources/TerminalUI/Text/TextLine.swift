/// A run of text in one style.
package struct Span: Hashable, Sendable {
  /// The text.
  package var text: String
  /// Its style.
  package var style: Style
  /// What a click on it does; nil for nothing.
  package var control: Control?

  /// A run of text; plain by default.
  package init(_ text: String, _ style: Style = .plain, control: Control? = nil) {
    self.text = text
    self.style = style
    self.control = control
  }
}

/// One line of text whose parts may differ in style.
package struct TextLine: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// The line's alignment in a wider area.
  package enum Alignment: Hashable, Sendable {
    /// At the left.
    case left
    /// In the middle.
    case center
    /// At the right.
    case right
  }

  /// Its parts, from left to right.
  package var spans: [Span]

  /// A line of these parts.
  package init(_ spans: [Span] = []) { self.spans = spans }

  /// A line in one style.
  package init(_ text: String, _ style: Style = .plain) { spans = [Span(text, style)] }

  /// A plain line.
  package init(stringLiteral text: String) { self.init(text) }

  /// How many columns it takes.
  package var width: Int { spans.reduce(0) { $0 + CharacterCount.of($1.text) } }

  /// The text without its styles.
  package var text: String { spans.map(\.text).joined() }

  /// Adds a part at the end.
  package mutating func append(_ text: String, _ style: Style = .plain) { spans.append(Span(text, style)) }

  /// One line after the other.
  package static func + (left: TextLine, right: TextLine) -> TextLine { TextLine(left.spans + right.spans) }
}

extension Buffer {
  /// Writes the line in one row, from column `x` on; what exceeds `maxWidth` is cut and marked with `…`.
  ///
  /// Returns the column after the last one written.
  @discardableResult
  package mutating func draw(_ line: TextLine, x: Int, y: Int, maxWidth: Int = .max) -> Int {
    let width = line.width
    guard maxWidth > 0 else { return x }
    let isCut = width > maxWidth
    let end = x.addingClamped(isCut ? maxWidth - 1 : maxWidth)
    var column = x
    var lastStyle = Style.plain
    for span in line.spans where column < end {
      let start = column
      column = draw(span.text, x: column, y: y, style: span.style, maxWidth: end - column)
      if let control = span.control { add(control, Rect(x: start, y: y, width: column - start, height: 1)) }
      lastStyle = span.style
    }
    guard isCut else { return column }
    self[column, y] = Cell(capabilities.glyphs.ellipsis, style: lastStyle)
    return column + 1
  }
}

extension TextLine: Widget {
  /// Draws the line at the left of the area's first row.
  package func draw(into buffer: inout Buffer, area: Rect) {
    draw(into: &buffer, area: area, alignment: .left)
  }

  /// Draws the line in the area's first row.
  package func draw(into buffer: inout Buffer, area: Rect, alignment: Alignment) {
    guard !area.isEmpty else { return }
    let room = max(0, area.width - width)
    let indent =
      switch alignment {
      case .left: 0
      case .center: room / 2
      case .right: room
      }
    buffer.draw(self, x: area.x.addingClamped(indent), y: area.y, maxWidth: area.width)
  }
}
