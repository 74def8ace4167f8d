/// How much of the past a live run keeps.
package struct HistoryLimits: Sendable {
  /// **Units**: bytes. What keyframes may take in memory.
  package let byteBudget: Int
  /// Sees each keyframe before it is kept, on the training queue.
  package let onKeyframe: (@Sendable (Keyframe) -> Void)?

  /// A budget, and who is to see the keyframes.
  package init(byteBudget: Int = 256 << 20, onKeyframe: (@Sendable (Keyframe) -> Void)? = nil) {
    self.byteBudget = byteBudget
    self.onKeyframe = onKeyframe
  }
}
