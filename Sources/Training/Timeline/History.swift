/// The kept past of a live run: keyframes to start again from, and hashes that prove it was reproduced.
package struct History {
  /// Iterations from one keyframe to the next while training runs fast.
  private static let keyframeInterval = 16
  /// Seconds from one keyframe to the next while iterations are slow.
  private static let keyframeSeconds = 0.02
  /// Keyframes together take at most one hundredth of the time.
  private static let keyframeTimeShare = 100.0
  /// Iterations from one hash to the next while training runs.
  private static let hashInterval = 8
  /// Hashes together take at most one two-hundredth of the time.
  private static let hashTimeShare = 200.0

  /// The keyframes, within their budget of memory.
  package private(set) var keyframes: KeyframeStore
  /// The hashes of the parameters and buffers.
  package private(set) var hashes = HashRing()
  /// The last iteration that training has begun.
  package private(set) var newest = 0

  private let state: ModelState
  private let onKeyframe: (@Sendable (Keyframe) -> Void)?
  private var lastKeyframe = (iteration: 0, seconds: -Double.infinity, cost: 0.0)
  private var lastHash = (seconds: -Double.infinity, cost: 0.0)

  /// The history of a run at its start; `onKeyframe` is called with each keyframe that is kept.
  package init(_ state: ModelState, byteBudget: Int, onKeyframe: (@Sendable (Keyframe) -> Void)? = nil) {
    self.state = state
    self.onKeyframe = onKeyframe
    let first = state.capture(.first, hash: state.hash)
    onKeyframe?(first)
    keyframes = KeyframeStore(first: first, byteBudget: byteBudget)
  }

  /// The history of a run that was recorded up to an iteration: its first keyframe is the recording's.
  package init(
    _ state: ModelState, first: Keyframe, newest: Int, byteBudget: Int,
    onKeyframe: (@Sendable (Keyframe) -> Void)? = nil
  ) {
    self.state = state
    self.onKeyframe = onKeyframe
    self.newest = newest
    keyframes = KeyframeStore(first: first, byteBudget: byteBudget)
    lastKeyframe.iteration = newest
  }

  /// Takes in a keyframe from elsewhere.
  package mutating func insert(_ keyframe: Keyframe, cursor: Int) {
    keyframes.insert(keyframe, cursor: cursor)
  }

  /// Notes that training begins an iteration for the first time; `always` makes a keyframe of it.
  package mutating func begin(_ start: IterationStart, always: Bool, now: () -> Double) {
    newest = start.iteration
    let seconds = now()
    if always || isDue(start.iteration, seconds) {
      add(start, hash: hash(at: start.iteration), cursor: start.iteration)
      lastKeyframe = (start.iteration, seconds, cost(after: now() - seconds))
    } else if (start.iteration - 1).isMultiple(of: History.hashInterval),
      seconds - lastHash.seconds >= lastHash.cost * History.hashTimeShare
    {
      _ = hash(at: start.iteration)
      lastHash = (seconds, capped(now() - seconds, lastHash.cost))
    }
  }

  /// Makes a keyframe of an iteration that is run again, if there is none.
  package mutating func revisit(_ start: IterationStart, cursor: Int) {
    guard !keyframes.has(start.iteration) else { return }
    add(start, hash: state.hash, cursor: cursor)
  }

  /// Removes a keyframe whose values were changed.
  package mutating func discard(_ keyframe: Keyframe) { keyframes.remove(keyframe.iteration) }

  /// Drops everything after the start of an iteration, where a new future begins.
  package mutating func forget(after iteration: Int) {
    newest = min(newest, iteration)
    keyframes.removeAll(after: iteration)
    hashes.removeAll(after: iteration)
    lastKeyframe.iteration = min(lastKeyframe.iteration, iteration)
  }

  /// Whether the state at the start of an iteration is what it was the first time, as far as that is known.
  package func agrees(at iteration: Int) -> Bool { hashes[iteration].map { $0 == state.hash } ?? true }

  private func isDue(_ iteration: Int, _ seconds: Double) -> Bool {
    let elapsed = seconds - lastKeyframe.seconds
    let affordable = lastKeyframe.cost * History.keyframeTimeShare
    guard iteration > 1, elapsed >= affordable else { return iteration == 1 }
    return iteration - lastKeyframe.iteration >= History.keyframeInterval
      || elapsed >= History.keyframeSeconds
  }

  /// The estimated cost of a keyframe.
  private func cost(after measured: Double) -> Double {
    lastKeyframe.iteration <= 1 ? measured : capped(measured, lastKeyframe.cost)
  }

  /// A cost not far above the one before: work that was held up by other work does not predict the next.
  private func capped(_ measured: Double, _ last: Double) -> Double {
    last == 0 ? measured : min(measured, last * 1.25 + 1e-6)
  }

  private mutating func hash(at iteration: Int) -> UInt64 {
    let hash = state.hash
    hashes.append(hash, at: iteration)
    return hash
  }

  private mutating func add(_ start: IterationStart, hash: UInt64, cursor: Int) {
    guard !keyframes.has(start.iteration) else { return }
    let frame = state.capture(start, hash: hash)
    onKeyframe?(frame)
    keyframes.insert(frame, cursor: cursor)
  }
}
