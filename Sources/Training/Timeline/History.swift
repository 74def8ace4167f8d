/// The kept past of a live run: keyframes to start again from, and hashes that prove it was reproduced.
package struct History {
  /// Steps from one keyframe to the next while training runs fast.
  private static let keyframeInterval = 16
  /// Seconds from one keyframe to the next while steps are slow.
  private static let keyframeSeconds = 0.02
  /// Keyframes together take at most one hundredth of the time.
  private static let keyframeTimeShare = 100.0
  /// Steps from one hash to the next while training runs, in memory and in recordings.
  static let hashInterval = 8
  /// Hashes together take at most one two-hundredth of the time.
  private static let hashTimeShare = 200.0

  /// The keyframes, within their budget of memory.
  package private(set) var keyframes: KeyframeStore
  /// The hashes of the parameters and buffers.
  package private(set) var hashes = RecentHashes()
  /// The last step that training has begun.
  package private(set) var newest = 0

  private let state: ModelState
  private let onKeyframe: (@Sendable (Keyframe) -> Void)?
  private var lastKeyframe = (step: 0, seconds: -Double.infinity, cost: 0.0)
  private var lastHash = (seconds: -Double.infinity, cost: 0.0)

  /// The history of a run at its start; `onKeyframe` is called with each keyframe that is kept.
  package init(_ state: ModelState, byteBudget: Int, onKeyframe: (@Sendable (Keyframe) -> Void)? = nil) {
    self.state = state
    self.onKeyframe = onKeyframe
    let first = state.capture(.first, hash: state.hash)
    onKeyframe?(first)
    keyframes = KeyframeStore(first: first, byteBudget: byteBudget)
  }

  /// The history of a run that was recorded up to a step: its first keyframe is the recording's.
  package init(
    _ state: ModelState, first: Keyframe, newest: Int, byteBudget: Int,
    onKeyframe: (@Sendable (Keyframe) -> Void)? = nil
  ) {
    self.state = state
    self.onKeyframe = onKeyframe
    self.newest = newest
    keyframes = KeyframeStore(first: first, byteBudget: byteBudget)
    lastKeyframe.step = newest
  }

  /// Takes in a keyframe from elsewhere.
  package mutating func insert(_ keyframe: Keyframe, cursor: Int) {
    keyframes.insert(keyframe, cursor: cursor)
  }

  /// Notes that training begins a step for the first time; `always` makes a keyframe of it.
  package mutating func begin(_ start: StepStart, always: Bool, now: () -> Double) {
    newest = start.step
    let seconds = now()
    if always || isDue(start.step, seconds) {
      add(start, hash: hash(at: start.step), cursor: start.step)
      lastKeyframe = (start.step, seconds, cost(after: now() - seconds))
    } else if (start.step - 1).isMultiple(of: History.hashInterval),
      seconds - lastHash.seconds >= lastHash.cost * History.hashTimeShare
    {
      _ = hash(at: start.step)
      lastHash = (seconds, capped(now() - seconds, lastHash.cost))
    }
  }

  /// Makes a keyframe of a step that is run again, if there is none.
  package mutating func revisit(_ start: StepStart, cursor: Int) {
    guard !keyframes.has(start.step) else { return }
    add(start, hash: state.hash, cursor: cursor)
  }

  /// Removes a keyframe whose values were changed.
  package mutating func discard(_ keyframe: Keyframe) { keyframes.remove(keyframe.step) }

  /// Drops everything after the start of a step, where a new future begins.
  package mutating func forget(after step: Int) {
    newest = min(newest, step)
    keyframes.removeAll(after: step)
    hashes.removeAll(after: step)
    lastKeyframe.step = min(lastKeyframe.step, step)
  }

  /// Whether the state at the start of a step is what it was the first time, as far as that is known.
  package func agrees(at step: Int) -> Bool { hashes[step].map { $0 == state.hash } ?? true }

  private func isDue(_ step: Int, _ seconds: Double) -> Bool {
    let elapsed = seconds - lastKeyframe.seconds
    let affordable = lastKeyframe.cost * History.keyframeTimeShare
    guard step > 1, elapsed >= affordable else { return step == 1 }
    return step - lastKeyframe.step >= History.keyframeInterval
      || elapsed >= History.keyframeSeconds
  }

  /// The estimated cost of a keyframe.
  private func cost(after measured: Double) -> Double {
    lastKeyframe.step <= 1 ? measured : capped(measured, lastKeyframe.cost)
  }

  /// A cost not far above the one before: work that was held up by other work does not predict the next.
  private func capped(_ measured: Double, _ last: Double) -> Double {
    last == 0 ? measured : min(measured, last * 1.25 + 1e-6)
  }

  private mutating func hash(at step: Int) -> UInt64 {
    let hash = state.hash
    hashes.append(hash, at: step)
    return hash
  }

  private mutating func add(_ start: StepStart, hash: UInt64, cursor: Int) {
    guard !keyframes.has(start.step) else { return }
    let frame = state.capture(start, hash: hash)
    onKeyframe?(frame)
    keyframes.insert(frame, cursor: cursor)
  }
}
