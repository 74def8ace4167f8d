import Trace

/// How the loss pane draws its curves, and what became of futures that were left.
package struct LossPaneState: Sendable, Equatable {
  /// The curves of a future that was left: from the moment on at which another began.
  package struct Ghost: Sendable, Equatable {
    package var losses: [LossCurve.Point]
    package var accuracies: [LossCurve.Point]
    package var epochs: [EpochResult]

    var isEmpty: Bool { losses.isEmpty && accuracies.isEmpty && epochs.isEmpty }
  }

  /// The weights of smoothing that a key goes through; 0 for none.
  static let smoothings = [0, 0.6, 0.9, 0.97]

  /// So many ghosts are kept, the newest: more would hide the curve.
  static let ghostCount = 4

  /// The weight of what came before in the moving average; 0 for none.
  package var smoothing = 0.0
  /// Whether the accuracy stands in the loss's place.
  package var showsAccuracy = false
  package private(set) var ghosts: [Ghost] = []

  /// The loss as it is.
  package init() {}

  /// Smooths more; after the most, not at all.
  mutating func takeNextSmoothing() {
    let place = Self.smoothings.firstIndex(of: smoothing) ?? 0
    smoothing = Self.smoothings[(place + 1) % Self.smoothings.count]
  }

  /// Keeps a future that was left.
  mutating func keep(_ ghost: Ghost) {
    guard !ghost.isEmpty else { return }
    ghosts = (ghosts + [ghost]).suffix(Self.ghostCount)
  }
}

extension DebuggerState {
  /// Another future begins: what was told of the old one goes, or stays as a ghost.
  mutating func take(_ fork: RunUpdate.Fork) {
    let iteration = fork.position.iteration
    let ghost = LossPaneState.Ghost(
      losses: trainLoss.cut(after: iteration), accuracies: trainAccuracy.cut(after: iteration),
      epochs: epochs.filter { $0.iteration > iteration })
    epochs.removeAll { $0.iteration > iteration }
    if fork.future == .ghost { lossPane.keep(ghost) }
    if let mark, mark > fork.position { self.mark = nil }
  }
}
