import Trace

/// Which steps an animation shows, and when.
package struct AnimationPlan: Equatable {
  /// A step on the screen.
  package struct Frame: Equatable {
    /// The step.
    package var step: Int
    /// **Units**: seconds since the animation began.
    package var seconds: Double
  }

  /// The most screens in a second.
  static let framesPerSecond = 10.0
  /// **Units**: seconds that an animation takes by default.
  static let defaultSeconds = 10.0...60.0
  /// The most steps whose times are read.
  private static let rowLimit = 200_000

  /// The steps in order.
  package private(set) var frames: [Frame] = []

  /// An animation of some steps of a recording.
  ///
  /// - Parameters:
  ///   - rows: The steps with the times at which they ended, in ascending order.
  ///   - speed: How many times as fast as recorded; nil for the recorded speed, within ``defaultSeconds``.
  ///   - idleLimit: The longest time that a screen stays.
  ///   - seconds: How long the whole takes; nil for what the speed makes it.
  package init(
    _ rows: [(step: Int, seconds: Double)], speed: Double?, idleLimit: Double?, seconds: Double? = nil
  ) {
    // A time in a file may not be a number.
    let rows = rows.filter(\.seconds.isFinite)
    guard let begin = rows.first?.seconds, let end = rows.last?.seconds else { return }
    let length =
      seconds
      ?? min(
        max(end - begin, AnimationPlan.defaultSeconds.lowerBound), AnimationPlan.defaultSeconds.upperBound)
    let speed = speed ?? (end - begin) / length
    var tick = -Double.infinity
    for row in rows {
      // A quotient that is a whole number but for its last bits counts as that number.
      let ticks = speed > 0 ? (row.seconds - begin) / speed * AnimationPlan.framesPerSecond : 0
      let due = ticks > 0 ? (ticks - 1e-6).rounded(.up) : 0
      guard due.isFinite else { continue }
      // Of the steps between two screens the last is shown.
      if due <= tick, !frames.isEmpty {
        frames[frames.count - 1].step = row.step
      } else {
        tick = due
        frames.append(Frame(step: row.step, seconds: due / AnimationPlan.framesPerSecond))
      }
    }
    if let idleLimit { shorten(to: idleLimit) }
  }

  /// One step alone.
  init(step: Int) { frames = [Frame(step: step, seconds: 0)] }

  /// An animation of a recording.
  ///
  /// - Throws: ``ExportError/part(from:to:first:last:)``, or what reading the recording throws.
  init(_ archive: any RunArchive, _ options: AnimationOptions) throws {
    let last = archive.lastStep
    let (from, to) = (options.from ?? 1, options.to ?? last)
    guard from >= 1, from <= to, to <= last else {
      throw ExportError.part(from: from, to: to, first: 1, last: last)
    }
    let rows = try archive.scalars(in: from...to, limit: AnimationPlan.rowLimit)
    self.init(
      rows.map { ($0.step, $0.seconds) }, speed: options.speed, idleLimit: options.idleLimit,
      seconds: options.seconds)
  }

  private mutating func shorten(to limit: Double) {
    var (last, saved) = (0.0, 0.0)
    for place in frames.indices {
      let gap = frames[place].seconds - last
      last = frames[place].seconds
      saved += max(0, gap - limit)
      frames[place].seconds -= saved
    }
  }
}
