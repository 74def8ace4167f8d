import Numbers

/// Magnitudes in a row of eight heights, on a logarithmic scale of their own: the newest is at the right.
package struct Sparkline: Widget {
  /// The values, the newest last; nil for none.
  package var values: [Double?]
  /// How it looks.
  package var style: Style

  /// The least range of the scale, so that noise stays small. **Units**: decades.
  private static let leastRange = 1.0

  private static let blocks: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let characters: [Unicode.Scalar] = ["_", ".", ",", "-", "~", "+", "*", "#"]

  /// A sparkline of these values.
  package init(_ values: [Double?], style: Style = .plain) {
    self.values = values
    self.style = style
  }

  /// Draws the newest values that there is room for in the area's first row. 0 is a `·`, and what is not finite a `×`.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let shown = values.suffix(area.width)
    let heights = Sparkline.heights(Array(shown))
    let isUnicode = buffer.capabilities.glyphs.isUnicode
    let start = area.maxX - shown.count
    for (place, (value, height)) in zip(shown, heights).enumerated() {
      guard let value else { continue }
      let cell: Cell =
        if !value.isFinite {
          Cell(isUnicode ? "×" : "x", style: .foreground(Accents.bad).bold)
        } else if let height {
          Cell((isUnicode ? Sparkline.blocks : Sparkline.characters)[height], style: style)
        } else {
          Cell(isUnicode ? "·" : " ", style: style)
        }
      buffer[start + place, area.y] = cell
    }
  }

  /// The height of each value, from 0 to 7; nil for 0, for what is not finite, and for none.
  package static func heights(_ values: [Double?]) -> [Int?] {
    let exponents = values.map { value in
      value.flatMap { $0.isFinite && $0 != 0 ? Logarithm.decimal($0.magnitude) : nil }
    }
    let known = exponents.compactMap { $0 }
    guard let least = known.min(), let greatest = known.max() else { return exponents.map { _ in nil } }
    // What hardly changes is in the middle of its scale.
    let range = max(leastRange, greatest - least)
    let low = (least + greatest - range) / 2
    return exponents.map { $0.map { Int(bounded: (($0 - low) / range * 7).rounded(), to: 0...7) } }
  }
}
