/// A run of text in one style.
public struct Span: Hashable, Sendable {
  /// The text.
  public var text: String
  /// Its style.
  public var style: Style

  /// A run of text; plain unless told otherwise.
  public init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// One line of text whose parts may differ in style.
public struct TextLine: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// Where the line stands in a wider area.
  public enum Alignment: Hashable, Sendable {
    /// At the left.
    case left
    /// In the middle.
    case center
    /// At the right.
    case right
  }

  /// Its parts, from left to right.
  public var spans: [Span]

  /// A line of these parts.
  public init(_ spans: [Span] = []) { self.spans = spans }

  /// A line in one style.
  public init(_ text: String, _ style: Style = .plain) { spans = [Span(text, style)] }

  /// A plain line.
  public init(stringLiteral text: String) { self.init(text) }

  /// How many columns it takes.
  public var width: Int { spans.reduce(0) { $0 + $1.text.count } }

  /// The text without its styles.
  public var text: String { spans.map(\.text).joined() }

  /// Adds a part at the end.
  public mutating func append(_ text: String, _ style: Style = .plain) { spans.append(Span(text, style)) }

  /// One line after the other.
  public static func + (left: TextLine, right: TextLine) -> TextLine { TextLine(left.spans + right.spans) }
}

extension Buffer {
  /// Writes the line in one row, from column `x` on; what exceeds `maxWidth` is cut and marked with `…`.
  ///
  /// Returns the column after the last one written.
  @discardableResult
  public mutating func draw(_ line: TextLine, x: Int, y: Int, maxWidth: Int = .max) -> Int {
    let width = line.width
    guard maxWidth > 0 else { return x }
    let isCut = width > maxWidth
    let end = x.addingClamped(isCut ? maxWidth - 1 : maxWidth)
    var column = x
    var lastStyle = Style.plain
    for span in line.spans where column < end {
      column = draw(span.text, x: column, y: y, style: span.style, maxWidth: end - column)
      lastStyle = span.style
    }
    guard isCut else { return column }
    self[column, y] = Cell(capabilities.glyphs.ellipsis, style: lastStyle)
    return column + 1
  }
}

extension TextLine: Widget {
  /// Draws the line at the left of the area's first row.
  public func draw(into buffer: inout Buffer, area: Rect) {
    draw(into: &buffer, area: area, alignment: .left)
  }

  /// Draws the line in the area's first row.
  public func draw(into buffer: inout Buffer, area: Rect, alignment: Alignment) {
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
