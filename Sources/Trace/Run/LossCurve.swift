/// A curve of bounded size: when it is full, neighbouring points are merged, so that a run of any length fits.
package struct LossCurve: Sendable, Equatable, Codable {
  /// A point: the mean of some steps in a row.
  package struct Point: Sendable, Equatable, Codable {
    /// The last step it includes.
    package var step: Int
    /// The mean; NaN if one of its values was not finite.
    package var value: Double
    /// The least and the greatest finite value of its steps.
    package var low: Double
    package var high: Double

    /// A step with its own value.
    package init(step: Int, value: Double) {
      self.step = step
      self.value = value
      (low, high) = (value, value)
    }

    /// The mean of two points, the later of which ends at the step.
    init(_ first: Point, _ second: Point) {
      self.init(step: second.step, value: (first.value + second.value) / 2)
      include(first)
      include(second)
    }

    /// Whether it stands for values that differ.
    package var isSpread: Bool { low < high }

    /// Widens the span to that of another point. A minimum with NaN on one side is the other side.
    mutating func include(_ other: Point) {
      low = Double.minimum(low, other.low)
      high = Double.maximum(high, other.high)
    }
  }

  /// The points, in order.
  package private(set) var points: [Point] = []
  /// The newest step with its own value, also where points stand for several steps.
  package private(set) var newest: Point?

  /// How many steps a full point includes.
  package private(set) var stepsPerPoint = 1

  private let capacity: Int
  private var sum = 0.0
  private var count = 0
  /// The span of the finite values that wait for a point to be full.
  private var span: ClosedRange<Double>?

  /// An empty curve that keeps at most `capacity` points, an even number.
  package init(capacity: Int = 4_096) { self.capacity = Swift.max(2, capacity & ~1) }

  /// Adds the value of the next step. One that was added before replaces the older value if it
  /// has a point of its own; earlier points are left as they are.
  package mutating func append(step: Int, value: Double) {
    if let last = points.last, step <= last.step {
      guard stepsPerPoint == 1, step == last.step else { return }
      points[points.count - 1] = Point(step: step, value: value.isFinite ? value : .nan)
      newest = Point(step: step, value: value)
      return
    }
    newest = Point(step: step, value: value)
    sum += value.isFinite ? value : .nan
    if value.isFinite { span = min(span?.lowerBound ?? value, value)...max(span?.upperBound ?? value, value) }
    count += 1
    guard count == stepsPerPoint else { return }
    var point = Point(step: step, value: sum / Double(count))
    if let span { (point.low, point.high) = (span.lowerBound, span.upperBound) }
    points.append(point)
    clearRest()
    if points.count >= capacity { joinNeighbours() }
  }

  /// Removes the points after a step, and returns them.
  package mutating func cut(after step: Int) -> [Point] {
    let kept = points.prefix { $0.step <= step }.count
    let rest = Array(points[kept...])
    // Values that wait for a point to be full are removed too, if they reach beyond.
    if !rest.isEmpty || (points.last?.step ?? 0) + count > step { clearRest() }
    points.removeSubrange(kept...)
    if let newest, newest.step > step { self.newest = stepsPerPoint == 1 ? points.last : nil }
    return rest
  }

  /// The value of the last step before another; nil where only means are kept.
  package func value(before step: Int) -> Double? {
    if let newest, newest.step < step { return newest.value }
    return stepsPerPoint == 1 ? points.last { $0.step < step }?.value : nil
  }

  private mutating func joinNeighbours() {
    points = stride(from: 1, to: points.count, by: 2).map { Point(points[$0 - 1], points[$0]) }
    stepsPerPoint *= 2
  }

  private mutating func clearRest() { (sum, count, span) = (0, 0, nil) }
}
