/// A column that says which part of a longer list is in view.
package struct ScrollBar: Widget {
  /// How many rows there are.
  package var total: Int
  /// Those in view.
  package var visible: Range<Int>
  /// How it looks.
  package var style: Style

  /// A bar for the rows `visible` of `total`.
  package init(total: Int, visible: Range<Int>, style: Style = .foreground(Accents.muted)) {
    self.total = total
    self.visible = visible
    self.style = style
  }

  /// Draws the bar in the area's first column; nothing where all is in view.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard total > visible.count, !area.isEmpty else { return }
    let length = max(1, area.height * visible.count / total)
    let room = area.height - length
    let hidden = max(1, total - visible.count)
    let start = min(room, max(0, (room * visible.lowerBound + hidden / 2) / hidden))
    for row in 0..<area.height {
      let isThumb = row >= start && row < start + length
      let scalar: Unicode.Scalar =
        buffer.capabilities.glyphs.isUnicode ? (isThumb ? "┃" : "│") : (isThumb ? "#" : "|")
      buffer[area.x, area.y.addingClamped(row)] = Cell(scalar, style: isThumb ? style.bold : style.dim)
    }
  }
}
