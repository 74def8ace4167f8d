import Localization
import Numbers
import TerminalUI
import Trace

/// How near a regression comes: its errors in a line, and how often which residual occurs.
struct ResidualView: Widget {
  let figures: RegressionFigures

  /// The most bins of the histogram.
  private static let mostBins = 41

  /// `RMSE 2.41  MAE 1.80  mean −0.12  R² 0.871`.
  static func line(_ figures: RegressionFigures) -> TextLine {
    let muted = Style.foreground(Accents.muted)
    let numbers: [(String, Double?)] = [
      ("RMSE", figures.rootMeanSquareError), ("MAE", figures.meanAbsoluteError),
      (localized("mean residual"), figures.bias), ("R²", figures.r2),
    ]
    let parts = numbers.enumerated().flatMap { place, number in
      [
        Span((place == 0 ? "" : "  ") + number.0 + " ", muted),
        Span(number.1.map(NumberText.measure) ?? "–"),
      ]
    }
    let left = figures.nonFiniteCount
    return TextLine(parts)
      + TextLine(left == 0 ? "" : "  " + localized("\(left) not finite"), .foreground(Accents.bad))
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    Self.line(figures).draw(into: &buffer, area: area.row(0))
    let residuals = figures.pairs.map { Double($0.residual) }
    guard area.height > 2, let most = residuals.map(\.magnitude).max() else { return }
    let title = localized("samples by residual, predicted less true")
    TextLine(title, .foreground(Accents.muted)).draw(into: &buffer, area: area.row(1))
    let limit = most > 0 ? most : 1
    let plot = area.inset(left: "\(residuals.count)".count + 1, top: 2)
    let columns = plot.width / max(1, min(plot.width, Self.mostBins))
    // All bins are as wide, and zero is in the middle of the middle one.
    let bins = columns > 0 ? (min(Self.mostBins, plot.width / columns) - 1) / 2 * 2 + 1 : 1
    var counts = [Int](repeating: 0, count: bins)
    for residual in residuals {
      let place = (residual / limit + 1) / 2 * Double(bins)
      counts[Int(bounded: place, to: 0...bins - 1)] += 1
    }
    Histogram(counts: counts, low: -limit, high: limit)
      .draw(into: &buffer, area: Rect(x: plot.x, y: plot.y, width: bins * columns, height: plot.height))
    drawCounts(upTo: counts.max() ?? 0, into: &buffer, area.inset(top: 2, bottom: 1), beside: plot.x - 1)
  }

  /// The axis of counts: the greatest at the top, which the highest column has, and 0 at the foot.
  private func drawCounts(upTo most: Int, into buffer: inout Buffer, _ area: Rect, beside x: Int) {
    guard area.height > 2 else { return }
    let (style, glyphs) = (Style.foreground(Accents.muted), buffer.capabilities.glyphs)
    buffer.fill(
      Rect(x: x, y: area.y, width: 1, height: area.height), with: Cell(glyphs.plain.vertical, style: style))
    for (count, y) in [(most, area.y), (0, area.maxY - 1)] {
      let label = "\(count)"
      buffer.draw(label, x: x - label.count, y: y, style: style)
      buffer[x, y] = Cell(glyphs.tickLeft, style: style)
    }
  }
}
