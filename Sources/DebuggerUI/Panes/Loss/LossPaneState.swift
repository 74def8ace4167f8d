import Localization
import Trace

/// How the curves pane draws its curves, and the curves of dropped futures and of other runs.
package struct LossPaneState: StatePart, Equatable {
  /// The curves of a dropped future, from the moment at which the new one began.
  package struct Ghost: Sendable, Equatable {
    /// The losses of its steps.
    package var losses: [LossCurve.Point]
    /// The accuracies of its batches.
    package var accuracies: [LossCurve.Point]
    /// The results of its epochs.
    package var epochs: [EpochResult]
    /// What the legend calls it.
    package var name = ""
    /// Whether it is another run, which has a colour of its own.
    package var isRecording = false

    /// The curves of a future that was left, or of another run.
    package init(
      losses: [LossCurve.Point], accuracies: [LossCurve.Point], epochs: [EpochResult], name: String,
      isRecording: Bool = false
    ) {
      (self.losses, self.accuracies, self.epochs) = (losses, accuracies, epochs)
      (self.name, self.isRecording) = (name, isRecording)
    }

    var isEmpty: Bool { losses.isEmpty && accuracies.isEmpty && epochs.isEmpty }
  }

  /// The weights of smoothing that a key steps through; 0 for none.
  static let smoothings = [0, 0.6, 0.9, 0.97]

  /// How many ghosts are kept, the newest: more would hide the curve.
  static let ghostCount = 4

  /// The weight of what came before in the moving average; 0 for none.
  package var smoothing = 0.0
  /// The chosen chart: the only one where there is no room for more.
  package var chosen = CurveName.loss
  /// Whether only the chosen chart is shown, however much room there is.
  package var showsOne = false
  /// The charts whose axis is not as usual: logarithmic where it is linear, and the other way round.
  private var otherAxes: Set<CurveName> = []
  /// Whether the axis of steps is logarithmic.
  package var isStepLogarithmic = false
  /// The steps that are shown.
  package var window = StepWindow.all
  /// The step whose values are shown; nil for that of the moment.
  package var cursor: Int?
  /// The step at which a drag began.
  var grip: Double?
  /// The dropped futures, the newest last.
  package private(set) var ghosts: [Ghost] = []

  /// The loss as it is.
  package init() {}

  /// Whether the accuracy is the chosen chart.
  package var showsAccuracy: Bool { chosen == .accuracy }

  /// Whether the axis of the chosen chart is logarithmic.
  package var isLogarithmic: Bool { isLogarithmic(chosen) }

  /// Whether the axis of a chart is logarithmic.
  func isLogarithmic(_ name: CurveName) -> Bool {
    name.allowsLogarithm && name.isUsuallyLogarithmic != otherAxes.contains(name)
  }

  /// Makes the axis of the chosen chart logarithmic, or linear again.
  mutating func toggleLogarithm() {
    guard chosen.allowsLogarithm else { return }
    otherAxes.formSymmetricDifference([chosen])
  }

  /// Smooths more; after the most, not at all.
  mutating func takeNextSmoothing() {
    let place = Self.smoothings.firstIndex(of: smoothing) ?? 0
    smoothing = Self.smoothings[(place + 1) % Self.smoothings.count]
  }

  /// Keeps a dropped future.
  mutating func keep(_ ghost: Ghost) {
    guard !ghost.isEmpty else { return }
    ghosts = (ghosts.filter { !ghost.isRecording || $0.name != ghost.name } + [ghost])
      .suffix(Self.ghostCount)
  }

  /// Forgets all ghosts.
  mutating func removeGhosts() { ghosts = [] }
}

extension PaneID {
  /// The curves of loss, accuracy and what else is plotted.
  package static let loss = PaneID(title: Sentence("Curves"))
}

extension DebuggerState {
  /// How the curves pane looks.
  package var lossPane: LossPaneState {
    get { parts[LossPaneState.self] }
    set { parts[LossPaneState.self] = newValue }
  }
}
