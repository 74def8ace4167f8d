/// Steps a second, measured over the last second or so.
package struct SpeedMeter: Sendable, Equatable {
  private var start: (step: Int, seconds: Double)?
  /// The last measurement; nil before the first.
  package private(set) var stepsPerSecond: Double?

  /// A meter that has seen nothing.
  package init() {}

  /// Notes that a step was reached.
  package mutating func reached(_ step: Int, at seconds: Double) {
    guard let start else {
      self.start = (step, seconds)
      return
    }
    let elapsed = seconds - start.seconds
    guard elapsed >= (stepsPerSecond == nil ? 0.2 : 1) else { return }
    stepsPerSecond = Double(step - start.step) / elapsed
    self.start = (step, seconds)
  }

  /// Forgets when it began to measure, since the run was paused.
  package mutating func pause() { start = nil }

  /// Whether both have measured the same.
  package static func == (left: SpeedMeter, right: SpeedMeter) -> Bool {
    left.stepsPerSecond == right.stepsPerSecond && left.start?.step == right.start?.step
      && left.start?.seconds == right.start?.seconds
  }
}
