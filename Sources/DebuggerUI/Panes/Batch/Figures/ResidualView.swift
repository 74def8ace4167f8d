import Localization
import Numbers
import TerminalUI
import Trace

/// How near a regression comes: its errors in a line, and how often which residual occurs.
struct ResidualView: Widget {
  let figures: RegressionFigures

  /// The bins of the histogram.
  private static let binCount = 41

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
    // Zero is in the middle of the middle bin.
    let limit = most > 0 ? most : 1
    var counts = [Int](repeating: 0, count: Self.binCount)
    for residual in residuals {
      let place = (residual / limit + 1) / 2 * Double(Self.binCount)
      counts[Int(bounded: place, to: 0...Self.binCount - 1)] += 1
    }
    let title = localized("predicted less true")
    TextLine(title, .foreground(Accents.muted)).draw(into: &buffer, area: area.row(1))
    Histogram(counts: counts, low: -limit, high: limit).draw(into: &buffer, area: area.inset(top: 2))
  }
}
