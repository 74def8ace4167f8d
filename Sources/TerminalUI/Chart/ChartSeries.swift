/// A point of a curve.
public struct ChartPoint: Hashable, Sendable {
  /// Where it stands along the horizontal axis.
  public let x: Double
  /// Its value; where it is not finite the curve has a gap.
  public let y: Double

  /// A point.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// One curve of a chart.
public struct ChartSeries: Hashable, Sendable {
  /// How a curve is drawn, so that curves differ where there is no colour.
  public enum Pattern: Int, CaseIterable, Hashable, Sendable {
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
  public var name: String
  /// Its points, from left to right.
  public var points: [ChartPoint]
  /// Its style; only the colour and dim matter.
  public var style: Style
  /// How it is drawn; nil for the next pattern that no earlier curve of the chart has.
  public var pattern: Pattern?

  /// A curve through these points.
  public init(_ name: String, points: [ChartPoint], style: Style, pattern: Pattern? = nil) {
    self.name = name
    self.points = points
    self.style = style
    self.pattern = pattern
  }
}
