/// Iterations a second, measured over the last second or so.
package struct SpeedMeter: Sendable, Equatable {
  private var start: (iteration: Int, seconds: Double)?
  /// The last measurement; nil before the first.
  package private(set) var iterationsPerSecond: Double?

  /// A meter that has seen nothing.
  package init() {}

  /// Notes that an iteration was reached.
  package mutating func reached(_ iteration: Int, at seconds: Double) {
    guard let start else {
      self.start = (iteration, seconds)
      return
    }
    let elapsed = seconds - start.seconds
    guard elapsed >= (iterationsPerSecond == nil ? 0.2 : 1) else { return }
    iterationsPerSecond = Double(iteration - start.iteration) / elapsed
    self.start = (iteration, seconds)
  }

  /// Forgets when it began to measure, since the run stood.
  package mutating func pause() { start = nil }

  package static func == (left: SpeedMeter, right: SpeedMeter) -> Bool {
    left.iterationsPerSecond == right.iterationsPerSecond && left.start?.iteration == right.start?.iteration
      && left.start?.seconds == right.start?.seconds
  }
}
