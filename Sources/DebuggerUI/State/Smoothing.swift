import TerminalUI

/// The exponential moving average of a curve, debiased so that its beginning is not pulled towards zero.
///
/// **Source**: TensorBoard's scalar charts.
package enum Smoothing {
  /// The averages; `weight` is that of what came before. Values that are not finite pass through and do not count.
  package static func debiased(_ points: [ChartPoint], weight: Double) -> [ChartPoint] {
    var (average, remaining) = (0.0, 1.0)
    return points.map { point in
      guard point.y.isFinite else { return point }
      average = average * weight + (1 - weight) * point.y
      remaining *= weight
      return ChartPoint(x: point.x, y: average / (1 - remaining))
    }
  }
}
