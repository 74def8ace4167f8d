/// A small column chart without axes; the newest value is at the right.
///
/// The scale runs from the smallest to the largest finite value shown. What is not finite is `×`.
package struct Sparkline: Widget {
  /// The values, oldest first; only as many of the newest as there are columns are shown.
  package var values: [Double]
  /// The value at the foot of the columns; nil for the smallest shown.
  package var floor: Double?
  /// How the columns look.
  package var style: Style

  /// A chart of these values.
  package init(_ values: [Double], floor: Double? = nil, style: Style = .foreground(Accents.focus)) {
    self.values = values
    self.floor = floor
    self.style = style
  }

  /// Draws the chart at the bottom right of the area.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let shown = values.suffix(area.width)
    let finite = shown.filter(\.isFinite)
    let low = floor ?? finite.min() ?? 0
    let span = (finite.max() ?? 0) - low
    buffer.clipped(to: area) { buffer in
      for (index, value) in shown.enumerated() {
        let x = area.maxX - shown.count + index
        let bottom = area.maxY - 1
        guard value.isFinite else {
          buffer[x, bottom] = Cell("×", style: .foreground(Accents.bad).bold)
          continue
        }
        let part = span > 0 && span.isFinite ? max(0, (value - low) / span) : 0
        let lowest = 1.0 / 8
        let height = lowest + part * (Double(area.height) - lowest)
        buffer.drawColumn(x: x, bottom: bottom, height: height, style: style)
      }
    }
  }
}
