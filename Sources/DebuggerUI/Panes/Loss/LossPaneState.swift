import Localization
import Trace

/// How the loss pane draws its curves, and the curves of dropped futures.
package struct LossPaneState: StatePart, Equatable {
  /// The curves of a dropped future, from the moment at which the new one began.
  package struct Ghost: Sendable, Equatable {
    /// The losses of its steps.
    package var losses: [LossCurve.Point]
    /// The accuracies of its batches.
    package var accuracies: [LossCurve.Point]
    /// The results of its epochs.
    package var epochs: [EpochResult]

    var isEmpty: Bool { losses.isEmpty && accuracies.isEmpty && epochs.isEmpty }
  }

  /// The weights of smoothing that a key steps through; 0 for none.
  static let smoothings = [0, 0.6, 0.9, 0.97]

  /// How many ghosts are kept, the newest: more would hide the curve.
  static let ghostCount = 4

  /// The weight of what came before in the moving average; 0 for none.
  package var smoothing = 0.0
  /// Whether the accuracy is shown instead of the loss.
  package var showsAccuracy = false
  /// Whether the axis of the loss is logarithmic.
  package var isLogarithmic = false
  /// The dropped futures, the newest last.
  package private(set) var ghosts: [Ghost] = []

  /// The loss as it is.
  package init() {}

  /// Smooths more; after the most, not at all.
  mutating func takeNextSmoothing() {
    let place = Self.smoothings.firstIndex(of: smoothing) ?? 0
    smoothing = Self.smoothings[(place + 1) % Self.smoothings.count]
  }

  /// Keeps a dropped future.
  mutating func keep(_ ghost: Ghost) {
    guard !ghost.isEmpty else { return }
    ghosts = (ghosts + [ghost]).suffix(Self.ghostCount)
  }
}

extension PaneID {
  /// The curves of loss and accuracy.
  package static let loss = PaneID(title: Sentence("Loss"))
}

extension DebuggerState {
  /// What the loss pane keeps.
  package var lossPane: LossPaneState {
    get { parts[LossPaneState.self] }
    set { parts[LossPaneState.self] = newValue }
  }
}
