import Localization
import Numbers

/// How often the values of a tensor fall into each of a row of equal bins.
package struct Histogram: Widget {
  /// How many values fell into each bin, from the lowest bin to the highest.
  package var counts: [Int]
  /// The lower edge of the first bin.
  package var low: Double
  /// The upper edge of the last bin.
  package var high: Double
  /// Whether a column's height is the logarithm of the count, so that rare values stay seen.
  package var isLogarithmic: Bool
  /// How the columns look.
  package var style: Style
  /// How the axis looks.
  package var axisStyle: Style

  /// A histogram of `counts` over `low` to `high`.
  package init(
    counts: [Int], low: Double, high: Double, isLogarithmic: Bool = false,
    style: Style = .foreground(Accents.focus), axisStyle: Style = .foreground(Accents.muted)
  ) {
    self.counts = counts
    self.low = low
    self.high = high
    self.isLogarithmic = isLogarithmic
    self.style = style
    self.axisStyle = axisStyle
  }

  /// Draws the columns, and below them the edges of the axis where there are two rows or more.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    buffer.clipped(to: area) { buffer in
      guard counts.contains(where: { $0 > 0 }) else {
        buffer.draw(TextLine(localized("no values"), axisStyle), x: area.x, y: area.y, maxWidth: area.width)
        return
      }
      let hasAxis = area.height >= 2
      let plot = hasAxis ? area.inset(bottom: 1) : area
      drawColumns(into: &buffer, plot)
      if hasAxis { drawAxis(into: &buffer, area.row(area.height - 1)) }
    }
  }

  private func drawColumns(into buffer: inout Buffer, _ plot: Rect) {
    let columns = columnCounts(plot.width).map { count in
      isLogarithmic ? Logarithm.decimal(Double(count) + 1) : Double(count)
    }
    let largest = columns.max() ?? 0
    guard largest > 0 else { return }
    for (index, count) in columns.enumerated() where count > 0 {
      buffer.drawColumn(
        x: plot.x + index, bottom: plot.maxY - 1, height: count / largest * Double(plot.height),
        style: style)
    }
  }

  /// The count that each column shows: a bin may span several columns, or a column several bins.
  private func columnCounts(_ width: Int) -> [Int] {
    (0..<width).map { column in
      let first = column * counts.count / width
      let end = max(first + 1, (column + 1) * counts.count / width)
      return counts[first..<end].reduce(0) { $0 + max(0, $1) }
    }
  }

  private func drawAxis(into buffer: inout Buffer, _ row: Rect) {
    let left = NumberText.brief(low)
    let right = NumberText.brief(high)
    guard left.count + right.count < row.width else { return }
    buffer.draw(left, x: row.x, y: row.y, style: axisStyle)
    buffer.draw(right, x: row.maxX - right.count, y: row.y, style: axisStyle)
    guard low < 0, high > 0, low.isFinite, high.isFinite else { return }
    let zero = Int(bounded: -low / (high - low) * Double(row.width), to: 0...max(0, row.width))
    if zero > left.count, zero < row.width - right.count - 1 {
      buffer.draw("0", x: row.x + zero, y: row.y, style: axisStyle)
    }
  }
}
