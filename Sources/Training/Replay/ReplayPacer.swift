import Trace

/// Keeps a replay to the time in which it was recorded, or a multiple of it; one that follows the end of a recording, which
/// is being written, keeps no time.
struct ReplayPacer {
  /// Steps whose times are read at once.
  private static let chunk = 512

  /// Whether the end of a watched recording is followed.
  private(set) var isFollowing: Bool
  private let speed: Double?
  private var anchor: (wall: Double, recorded: Double)?
  private var times: [(step: Int, seconds: Double)] = []
  private var range = 0..<0

  /// A pacer of a speed; nil for as fast as can be.
  init(speed: Double?, isFollowing: Bool) {
    self.speed = speed.map { min(max($0, 1.0 / 1_024), 65_536) }
    self.isFollowing = isFollowing
  }

  /// Changes the speed, and begins to measure at the next step.
  mutating func setSpeed(_ speed: Double?) { self = ReplayPacer(speed: speed, isFollowing: isFollowing) }

  /// Keeps time, and begins to measure at the next step.
  mutating func restart() { (anchor, isFollowing) = (nil, false) }

  /// Follows the end of the recording from now on.
  mutating func follow() { isFollowing = true }

  /// How long to wait at `now` until a step is due; 0 where it is late.
  mutating func rest(before step: Int, now: Double, archive: any RunArchive) -> Double {
    guard !isFollowing, let speed, let recorded = seconds(at: step, archive) else { return 0 }
    guard let anchor else {
      anchor = (now, recorded)
      return 0
    }
    return anchor.wall + (recorded - anchor.recorded) / speed - now
  }

  /// The step that is due at `now`; nil where that cannot be said.
  func step(now: Double, archive: any RunArchive) -> Int? {
    guard let speed, let anchor else { return nil }
    return try? archive.step(atSeconds: anchor.recorded + (now - anchor.wall) * speed)
  }

  /// When a step was done; where the scalars were thinned, the one before it.
  private mutating func seconds(at step: Int, _ archive: any RunArchive) -> Double? {
    if !range.contains(step) {
      range = step..<step + ReplayPacer.chunk
      // What cannot be read is played without waiting.
      times = ((try? archive.scalars(in: step...range.upperBound - 1, limit: ReplayPacer.chunk)) ?? [])
        .map { ($0.step, $0.seconds) }
    }
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle].step <= step { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? times[low - 1].seconds : times.first?.seconds
  }
}
