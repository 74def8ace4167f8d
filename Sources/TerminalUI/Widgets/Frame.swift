/// A border with a title, a second title at the right, and a note at the bottom right.
package struct Frame: Widget {
  /// How the corners look.
  package enum Corners: Hashable, Sendable {
    /// Round.
    case rounded
    /// Square.
    case plain
  }

  /// The text at the top left of the border.
  package var title: TextLine
  /// The text at the top right, where there is room for it beside the title.
  package var trailing: TextLine
  /// The text at the bottom right.
  package var footer: TextLine
  /// Whether the pane has the focus; then the border is bright, and heavy where there are no colours.
  package var isFocused: Bool
  /// How the corners look.
  package var corners: Corners
  /// The border without the focus.
  package var style: Style
  /// The border with the focus.
  package var focusedStyle: Style

  /// A frame; titles that are empty are not drawn.
  package init(
    title: TextLine = "", trailing: TextLine = "", footer: TextLine = "", isFocused: Bool = false,
    corners: Corners = .rounded, style: Style = .foreground(Accents.border),
    focusedStyle: Style = .foreground(Accents.focus).bold
  ) {
    self.title = title
    self.trailing = trailing
    self.footer = footer
    self.isFocused = isFocused
    self.corners = corners
    self.style = style
    self.focusedStyle = focusedStyle
  }

  /// The part of `area` inside the border.
  package func inside(_ area: Rect) -> Rect { area.inset(by: 1) }

  /// Draws the border and its titles; the inside is left as it is.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    buffer.clipped(to: area) { buffer in
      drawBorder(into: &buffer, area)
      let room = area.width - 4
      guard room > 0 else { return }
      let titleEnd = draw(title, into: &buffer, area, room: room)
      let left = area.maxX - 2 - titleEnd - 1
      if !trailing.text.isEmpty, trailing.width + 2 <= left {
        let line = padded(trailing)
        buffer.draw(line, x: area.maxX - 1 - line.width, y: area.y)
      }
      if !footer.text.isEmpty, area.height > 1, footer.width + 2 <= room {
        let line = padded(footer)
        buffer.draw(line, x: area.maxX - 1 - line.width, y: area.maxY - 1)
      }
    }
  }

  /// Draws the border, and what `content` draws inside it.
  package func draw(into buffer: inout Buffer, area: Rect, _ content: (inout Buffer, Rect) -> Void) {
    draw(into: &buffer, area: area)
    let inside = inside(area)
    buffer.clipped(to: inside) { content(&$0, inside) }
  }

  private func draw(_ title: TextLine, into buffer: inout Buffer, _ area: Rect, room: Int) -> Int {
    guard !title.text.isEmpty, room >= 3 else { return area.x + 1 }
    return buffer.draw(padded(title), x: area.x + 1, y: area.y, maxWidth: room + 2)
  }

  private func padded(_ line: TextLine) -> TextLine {
    var spans = line.spans
    if isFocused {
      for index in spans.indices { spans[index].style = spans[index].style.bold }
    }
    return TextLine([Span(" ")] + spans + [Span(" ")])
  }

  private func drawBorder(into buffer: inout Buffer, _ area: Rect) {
    let style = isFocused ? focusedStyle : self.style
    let glyphs = border(buffer.capabilities)
    let horizontal = Cell(glyphs.horizontal, style: style)
    let vertical = Cell(glyphs.vertical, style: style)
    let (right, bottom) = (area.maxX - 1, area.maxY - 1)
    buffer.fill(Rect(x: area.x, y: area.y, width: area.width, height: 1), with: horizontal)
    buffer.fill(Rect(x: area.x, y: bottom, width: area.width, height: 1), with: horizontal)
    buffer.fill(Rect(x: area.x, y: area.y, width: 1, height: area.height), with: vertical)
    buffer.fill(Rect(x: right, y: area.y, width: 1, height: area.height), with: vertical)
    buffer[area.x, area.y] = Cell(glyphs.topLeft, style: style)
    buffer[right, area.y] = Cell(glyphs.topRight, style: style)
    buffer[area.x, bottom] = Cell(glyphs.bottomLeft, style: style)
    buffer[right, bottom] = Cell(glyphs.bottomRight, style: style)
  }

  private func border(_ capabilities: TerminalCapabilities) -> Glyphs.Border {
    if isFocused, capabilities.colorSupport == .none { return capabilities.glyphs.heavy }
    return corners == .rounded ? capabilities.glyphs.rounded : capabilities.glyphs.plain
  }
}
