import Trace

/// Which iterations a film shows, and when.
package struct FilmPlan: Equatable {
  /// An iteration on the screen.
  package struct Frame: Equatable {
    package var iteration: Int
    /// **Units**: seconds since the film began.
    package var seconds: Double
  }

  /// Screens a second at most.
  static let framesPerSecond = 10.0
  /// **Units**: seconds that a film takes where no speed was asked for.
  static let usualSeconds = 10.0...60.0
  /// Iterations whose times are looked at.
  private static let rowLimit = 200_000

  package private(set) var frames: [Frame] = []

  /// A film of some iterations of a recording.
  ///
  /// - Parameters:
  ///   - rows: The iterations with the times at which they were done, rising.
  ///   - speed: How many times as fast as recorded; nil for as fast, within ``usualSeconds``.
  ///   - idleLimit: How long a screen stays at most.
  package init(_ rows: [(iteration: Int, seconds: Double)], speed: Double?, idleLimit: Double?) {
    // What a file has for a time may be no number.
    let rows = rows.filter(\.seconds.isFinite)
    guard let begin = rows.first?.seconds, let end = rows.last?.seconds else { return }
    let usual = min(max(end - begin, FilmPlan.usualSeconds.lowerBound), FilmPlan.usualSeconds.upperBound)
    let speed = speed ?? (end - begin) / usual
    var tick = -Double.infinity
    for row in rows {
      let due = speed > 0 ? ((row.seconds - begin) / speed * FilmPlan.framesPerSecond).rounded(.up) : 0
      guard due.isFinite else { continue }
      // Of the iterations between two screens the last is shown.
      if due <= tick, !frames.isEmpty {
        frames[frames.count - 1].iteration = row.iteration
      } else {
        tick = due
        frames.append(Frame(iteration: row.iteration, seconds: due / FilmPlan.framesPerSecond))
      }
    }
    if let idleLimit { shorten(to: idleLimit) }
  }

  /// A film of a recording.
  ///
  /// - Throws: ``ExportError/part(from:to:first:last:)``, or what reading the recording throws.
  init(_ archive: any RunArchive, _ options: FilmOptions) throws {
    let last = archive.lastIteration
    let (from, to) = (options.from ?? 1, options.to ?? last)
    guard from >= 1, from <= to, to <= last else {
      throw ExportError.part(from: from, to: to, first: 1, last: last)
    }
    let rows = try archive.scalars(in: from...to, limit: FilmPlan.rowLimit)
    self.init(
      rows.map { ($0.iteration, $0.seconds) }, speed: options.speed, idleLimit: options.idleLimit)
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
