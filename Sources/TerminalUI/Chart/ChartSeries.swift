/// A point of a curve.
package struct ChartPoint: Hashable, Sendable {
  /// Where it is along the horizontal axis.
  package let x: Double
  /// Its value; where it is not finite the curve has a gap.
  package let y: Double
  /// The least and the greatest of the values that it stands for, where it stands for several.
  package let low: Double
  package let high: Double

  /// A point.
  package init(x: Double, y: Double) { self.init(x: x, y: y, low: y, high: y) }

  /// A point that stands for several values, of which `y` is the mean.
  package init(x: Double, y: Double, low: Double, high: Double) {
    (self.x, self.y, self.low, self.high) = (x, y, low, high)
  }

  /// Whether it stands for values that differ.
  package var isSpread: Bool { low < high }
}

/// One curve of a chart.
package struct ChartSeries: Hashable, Sendable {
  /// How a curve is drawn, so that curves differ where there is no colour.
  package enum Pattern: Int, CaseIterable, Hashable, Sendable {
    /// Without gaps.
    case solid
    /// Every third dot.
    case dotted
    /// Long dashes.
    case dashed

    /// Whether the dot at that distance along the curve is drawn.
    func draws(_ distance: Int) -> Bool {
      switch self {
      case .solid: true
      case .dotted: distance % 3 == 0
      case .dashed: distance % 8 < 5
      }
    }
  }

  /// What the legend calls it.
  package var name: String
  /// Its points, from left to right.
  package var points: [ChartPoint]
  /// Its style; only the colour and dim matter.
  package var style: Style
  /// How it is drawn; nil for the next pattern that no earlier curve of the chart has.
  package var pattern: Pattern?
  /// Whether its values last until the next one.
  package var isHeld = false
  /// Whether its points have a mark where the lines between them are long.
  package var marksPoints = false

  /// A curve through these points.
  package init(_ name: String, points: [ChartPoint], style: Style, pattern: Pattern? = nil) {
    self.name = name
    self.points = points
    self.style = style
    self.pattern = pattern
  }
}
