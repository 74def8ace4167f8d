/// A curve of bounded size: when it is full, neighbouring points are merged, so that a run of any length fits.
package struct LossCurve: Sendable, Equatable, Codable {
  /// A point: the mean of some iterations in a row.
  package struct Point: Sendable, Equatable, Codable {
    /// The last iteration it includes.
    package var iteration: Int
    /// The mean; NaN if one of its values was not finite.
    package var value: Double
  }

  /// The points, in order.
  package private(set) var points: [Point] = []

  /// How many iterations a full point includes.
  package private(set) var iterationsPerPoint = 1

  private let capacity: Int
  private var sum = 0.0
  private var count = 0

  /// An empty curve that keeps at most `capacity` points, an even number.
  package init(capacity: Int = 4_096) { self.capacity = Swift.max(2, capacity & ~1) }

  /// Adds the value of the next iteration. One that was added before replaces the older value if it
  /// has a point of its own; earlier points are left as they are.
  package mutating func append(iteration: Int, value: Double) {
    if let last = points.last, iteration <= last.iteration {
      guard iterationsPerPoint == 1, iteration == last.iteration else { return }
      points[points.count - 1].value = value.isFinite ? value : .nan
      return
    }
    sum += value.isFinite ? value : .nan
    count += 1
    guard count == iterationsPerPoint else { return }
    points.append(Point(iteration: iteration, value: sum / Double(count)))
    (sum, count) = (0, 0)
    if points.count >= capacity { joinNeighbours() }
  }

  /// Removes the points after an iteration, and returns them.
  package mutating func cut(after iteration: Int) -> [Point] {
    let kept = points.prefix { $0.iteration <= iteration }.count
    let rest = Array(points[kept...])
    // Values that wait for a point to be full are removed too, if they reach beyond.
    if !rest.isEmpty || (points.last?.iteration ?? 0) + count > iteration { (sum, count) = (0, 0) }
    points.removeSubrange(kept...)
    return rest
  }

  private mutating func joinNeighbours() {
    points = stride(from: 1, to: points.count, by: 2).map { index in
      Point(
        iteration: points[index].iteration, value: (points[index - 1].value + points[index].value) / 2)
    }
    iterationsPerPoint *= 2
  }
}
