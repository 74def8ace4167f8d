/// The mean of a curve in each column of dots, where it has more points than columns: the points themselves, drawn below
/// it, are the envelope.
struct CurveEnvelope {
  /// From so many points in a column on, a curve is drawn so.
  private static let density = 4

  /// One point for each column that has any; not finite where one of its points is not.
  let means: [ChartPoint]

  /// The means of the points that share a column of the axis; nil where there are too few of them.
  init?(_ points: ArraySlice<ChartPoint>, on axis: ChartAxis, columns: Int) {
    guard columns > 0 else { return nil }
    let isDense = points.count >= CurveEnvelope.density * columns
    guard isDense || points.contains(where: \.isSpread) else { return nil }
    var means: [ChartPoint] = []
    var (column, x, y, count) = (Int.min, 0.0, 0.0, 0)
    func close() {
      if count > 0 { means.append(ChartPoint(x: x / Double(count), y: y / Double(count))) }
    }
    for point in points {
      guard let place = axis.place(point.x) else { continue }
      // Two columns of dots share a column of cells; a place far off the axis has no number of its own.
      let own = Int((2 * min(1e9, max(-1e9, place))).rounded())
      if own != column {
        close()
        (column, x, y, count) = (own, 0, 0, 0)
      }
      x += point.x
      y += point.y.isFinite ? point.y : .nan
      count += 1
    }
    close()
    self.means = means
  }
}

/// What of some curves is in view: the values that the axes have to show.
struct ChartExtent {
  /// The least and the greatest step, and nothing where there is no point.
  let steps: [Double]
  /// The least value, the least above 0, and the greatest.
  let values: [Double]

  /// The extent of the points in a range of steps, of values up to a limit.
  init(_ series: [ChartSeries], in range: ClosedRange<Double>?, limit: Double) {
    var (first, last) = (Double.infinity, -Double.infinity)
    var (low, positive, high) = (Double.infinity, Double.infinity, -Double.infinity)
    func include(_ value: Double) {
      guard value.isFinite else { return }
      let value = min(value, limit)
      low = min(low, value)
      high = max(high, value)
      if value > 0 { positive = min(positive, value) }
    }
    for curve in series {
      if let start = curve.points.first, let end = curve.points.last {
        (first, last) = (min(first, start.x), max(last, end.x))
      }
      for point in curve.points(in: range) {
        if let range, !range.contains(point.x) { continue }
        include(point.low)
        if point.isSpread { include(point.high) }
      }
    }
    steps = range.map { [$0.lowerBound, $0.upperBound] } ?? (first <= last ? [first, last] : [])
    values = [low, positive, high].filter(\.isFinite)
  }
}

extension ChartSeries {
  /// The points in a range of steps with their neighbours outside it; all where there is no range.
  func points(in range: ClosedRange<Double>?) -> ArraySlice<ChartPoint> {
    guard let range else { return points[...] }
    let start = place { $0.x >= range.lowerBound }
    let end = place { $0.x > range.upperBound }
    return points[max(0, start - 1)..<min(points.count, max(start, end) + 1)]
  }

  /// The last point at or before a step; nil where there is none.
  package func point(at step: Double) -> ChartPoint? {
    let after = place { $0.x > step }
    return after > 0 ? points[after - 1] : nil
  }

  /// The place of the first point for which a condition holds, which holds for all later ones.
  private func place(_ condition: (ChartPoint) -> Bool) -> Int {
    var (low, high) = (0, points.count)
    while low < high {
      let middle = (low + high) / 2
      if condition(points[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
