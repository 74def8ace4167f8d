import Datasets
import Trace

/// Takes the keyframes and hashes that a recording wants.
struct KeyframeLog {
  /// The share of the training thread's time that taking keyframes may use.
  private static let timeShare = 0.015

  /// The start of a step with the hash of its state.
  private struct Start {
    let start: StepStart
    let hash: UInt64
  }

  private let state: ModelState
  private let layout: StateLayout
  /// The step whose keyframe waits for its batch.
  private var awaited: Start?
  /// **Units**: seconds that the training thread takes for a keyframe.
  private var cost: Double?
  /// Whether the state is still to be recorded once before the recorder is asked what it wants.
  private var isFirst: Bool
  /// Whether this step has a keyframe.
  private(set) var hasKeyframe = false

  /// A log of the states of a run; `isFirst` where the recorder has none of them yet.
  init(_ state: ModelState, _ layout: StateLayout, isFirst: Bool) {
    self.state = state
    self.layout = layout
    self.isFirst = isFirst
  }

  /// A step begins; returns the hash of its start if that should be recorded.
  ///
  /// - Parameters:
  ///   - start: where it begins.
  ///   - known: the hash, where it is known already.
  ///   - wants: asks whether a keyframe is wanted, where keyframes that many seconds apart can be afforded.
  /// - Returns: the hash to record; nil for none.
  mutating func begin(
    _ start: StepStart, hash known: UInt64?, wants: (_ minimumInterval: Double) -> Bool
  ) -> UInt64? {
    hasKeyframe = wants((cost ?? 0) / KeyframeLog.timeShare) || isFirst
    guard hasKeyframe || (start.step - 1).isMultiple(of: History.hashInterval) else { return nil }
    let hash = known ?? state.hash
    if hasKeyframe { (isFirst, awaited) = (false, Start(start: start, hash: hash)) }
    return hash
  }

  /// The state at the end of a run, whose last step this is, without a batch: there is none after it.
  func state(after step: Int) -> StateSnapshot {
    StateSnapshot(state.view(StepStart(step: step + 1, epochLoss: 0), hash: state.hash), layout, batch: nil)
  }

  /// A new future begins in this step, which then has no keyframe.
  mutating func fork() { hasKeyframe = false }

  /// The keyframe of a step whose batch has been loaded; nil where none is wanted.
  mutating func keyframe(with batch: Batch, now: () -> Double) -> StateSnapshot? {
    guard let awaited = awaited.take() else { return nil }
    let began = now()
    let snapshot = StateSnapshot(state.view(awaited.start, hash: awaited.hash), layout, batch: batch)
    // One that was held up by other work does not predict the next.
    cost = cost.map { min(now() - began, $0 * 1.25 + 1e-6) } ?? now() - began
    return snapshot
  }
}
