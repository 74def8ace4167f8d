/// Keyframes within a budget of bytes and of their number: dense near the head and the cursor, and farther apart the farther back they are.
///
/// When it is full, the keyframe that is missed least is removed: the one whose neighbours would then
/// be the closest together, relative to its distance from where the user may look next. So the
/// distances grow by doubling.
/// **Source**: the idea is rr's, `discard_past_reverse_exec_checkpoints` in
/// <https://github.com/rr-debugger/rr/blob/master/src/ReplayTimeline.cc>
package struct KeyframeStore {
  /// This many reach back over a million iterations, each at a thirtieth of its distance, and small models take
  /// no more memory the longer they train.
  private static let maximumCount = 192

  private let byteBudget: Int
  /// All keyframes, by iteration; the first and the last are never removed.
  package private(set) var frames: [Keyframe]
  /// The bytes that they take together.
  package private(set) var byteCount: Int

  /// A store with the keyframe of the start, which is never removed.
  package init(first: Keyframe, byteBudget: Int) {
    self.byteBudget = byteBudget
    frames = [first]
    byteCount = first.byteCount
  }

  /// The last keyframe at or before an iteration.
  package func nearest(to iteration: Int) -> Keyframe { frames[max(0, place(after: iteration) - 1)] }

  /// Whether an iteration has a keyframe.
  package func has(_ iteration: Int) -> Bool { nearest(to: iteration).iteration == iteration }

  /// Adds a keyframe, and removes others until all fit the budget again.
  package mutating func insert(_ frame: Keyframe, cursor: Int) {
    guard !has(frame.iteration) else { return }
    frames.insert(frame, at: place(after: frame.iteration))
    byteCount += frame.byteCount
    while byteCount > byteBudget || frames.count > KeyframeStore.maximumCount,
      let place = leastUseful(cursor: cursor)
    {
      remove(at: place)
    }
  }

  /// Removes a keyframe that turned out wrong; the first one stays.
  package mutating func remove(_ iteration: Int) {
    let place = place(after: iteration) - 1
    if place > 0, frames[place].iteration == iteration { remove(at: place) }
  }

  /// Removes the keyframes after an iteration.
  package mutating func removeAll(after iteration: Int) {
    while frames.count > 1, let last = frames.last, last.iteration > iteration {
      remove(at: frames.count - 1)
    }
  }

  private mutating func remove(at place: Int) { byteCount -= frames.remove(at: place).byteCount }

  private func place(after iteration: Int) -> Int {
    var (low, high) = (0, frames.count)
    while low < high {
      let middle = (low + high) / 2
      if frames[middle].iteration <= iteration { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func leastUseful(cursor: Int) -> Int? {
    guard frames.count > 2 else { return nil }
    let newest = frames[frames.count - 1].iteration
    func use(_ place: Int) -> Double {
      let iteration = frames[place].iteration
      let gap = frames[place + 1].iteration - frames[place - 1].iteration
      return Double(gap) / Double(1 + min(newest - iteration, abs(cursor - iteration)))
    }
    return (1..<frames.count - 1).min { use($0) < use($1) }
  }
}
