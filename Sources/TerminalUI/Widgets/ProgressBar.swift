/// A bar that fills from left to right, to an eighth of a cell.
package struct ProgressBar: Widget {
  /// How much is done, 0 to 1; beyond that it is clipped, and what is not a number counts as 0.
  package var fraction: Double
  /// The filled part.
  package var style: Style
  /// The part to come.
  package var restStyle: Style

  /// A bar filled to `fraction`.
  package init(
    fraction: Double, style: Style = .foreground(Accents.focus),
    restStyle: Style = .foreground(Accents.muted)
  ) {
    self.fraction = fraction
    self.style = style
    self.restStyle = restStyle
  }

  /// Draws the bar over the whole area.
  package func draw(into buffer: inout Buffer, area: Rect) {
    let glyphs = buffer.capabilities.glyphs
    let fraction = fraction.isNaN ? 0 : min(1, max(0, fraction))
    let rest: Unicode.Scalar = glyphs.isUnicode ? "─" : "-"
    buffer.fill(area, with: Cell(rest, style: restStyle))
    for y in 0..<area.height {
      buffer.drawBar(
        x: area.x, y: area.y.addingClamped(y), length: fraction * Double(area.width), style: style)
    }
  }
}

extension Buffer {
  /// A horizontal bar of `length` cells, to the fraction that the glyphs allow.
  mutating func drawBar(x: Int, y: Int, length: Double, style: Style) {
    guard length.isFinite, length > 0 else { return }
    let steps = capabilities.glyphs.horizontalBars
    let parts = Int((min(length, 1e6) * Double(steps.count)).rounded())
    guard let full = steps.last else { return }
    fill(
      Rect(x: x, y: y, width: parts / steps.count, height: 1), with: Cell(full, style: style))
    let rest = parts % steps.count
    if rest > 0 {
      self[x.addingClamped(parts / steps.count), y] = Cell(steps[rest - 1], style: style)
    }
  }

  /// A column of blocks growing upwards from row `bottom`, `height` cells high; at least the lowest block.
  mutating func drawColumn(x: Int, bottom: Int, height: Double, style: Style) {
    guard height.isFinite, height > 0 else { return }
    let steps = capabilities.glyphs.verticalBars
    let parts = max(1, Int((min(height, 1e6) * Double(steps.count)).rounded()))
    guard let full = steps.last else { return }
    let whole = parts / steps.count
    fill(
      Rect(x: x, y: bottom.addingClamped(1 - whole), width: 1, height: whole),
      with: Cell(full, style: style))
    let rest = parts % steps.count
    if rest > 0 { self[x, bottom.addingClamped(-whole)] = Cell(steps[rest - 1], style: style) }
  }
}
