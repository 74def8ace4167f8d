/// Keyframes within a budget of bytes and of their number: dense near the head and the cursor, and farther apart the farther back they are.
///
/// When it is full, the keyframe that is missed least is removed: the one whose neighbours would then
/// be the closest together, relative to its distance from where the user may look next. So the
/// distances grow by doubling.
/// **Source**: the idea is rr's, `discard_past_reverse_exec_checkpoints` in
/// <https://github.com/rr-debugger/rr/blob/master/src/ReplayTimeline.cc>
package struct KeyframeStore {
  /// This many reach back over a million steps, each at a thirtieth of its distance, and small models take
  /// no more memory the longer they train.
  private static let maximumCount = 192

  private let byteBudget: Int
  /// All keyframes, by step; the first and the last are never removed.
  package private(set) var frames: [Keyframe]
  /// The bytes that they take together.
  package private(set) var byteCount: Int

  /// A store with the keyframe of the start, which is never removed.
  package init(first: Keyframe, byteBudget: Int) {
    self.byteBudget = byteBudget
    frames = [first]
    byteCount = first.byteCount
  }

  /// The last keyframe at or before a step.
  package func nearest(to step: Int) -> Keyframe { frames[max(0, place(after: step) - 1)] }

  /// Whether a step has a keyframe.
  package func has(_ step: Int) -> Bool { nearest(to: step).step == step }

  /// Adds a keyframe, and removes others until all fit the budget again.
  package mutating func insert(_ frame: Keyframe, cursor: Int) {
    guard !has(frame.step) else { return }
    frames.insert(frame, at: place(after: frame.step))
    byteCount += frame.byteCount
    while byteCount > byteBudget || frames.count > KeyframeStore.maximumCount,
      let place = leastUseful(cursor: cursor)
    {
      remove(at: place)
    }
  }

  /// Removes a keyframe that is wrong; the first one stays.
  package mutating func remove(_ step: Int) {
    let place = place(after: step) - 1
    if place > 0, frames[place].step == step { remove(at: place) }
  }

  /// Removes the keyframes after a step.
  package mutating func removeAll(after step: Int) {
    while frames.count > 1, let last = frames.last, last.step > step {
      remove(at: frames.count - 1)
    }
  }

  private mutating func remove(at place: Int) { byteCount -= frames.remove(at: place).byteCount }

  private func place(after step: Int) -> Int {
    var (low, high) = (0, frames.count)
    while low < high {
      let middle = (low + high) / 2
      if frames[middle].step <= step { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func leastUseful(cursor: Int) -> Int? {
    guard frames.count > 2 else { return nil }
    let newest = frames[frames.count - 1].step
    func use(_ place: Int) -> Double {
      let step = frames[place].step
      let gap = frames[place + 1].step - frames[place - 1].step
      return Double(gap) / Double(1 + min(newest - step, abs(cursor - step)))
    }
    return (1..<frames.count - 1).min { use($0) < use($1) }
  }
}
