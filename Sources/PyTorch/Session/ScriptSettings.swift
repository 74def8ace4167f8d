import Diagnosis
import Trace

/// What a script is run with.
package struct ScriptSettings: Sendable {
  /// What becomes of the script when the screen is left.
  package enum OnExit: String, Sendable, CaseIterable {
    /// It gets KeyboardInterrupt.
    case stop
    /// It runs on without the probe.
    case `continue`
  }

  /// The script as the status line names it, `train.py`.
  package var name: String
  /// Whether to pause at the first node.
  package var isPaused = false
  /// Where to stop.
  package var breakpoints: [Breakpoint] = []
  /// The most steps a second; nil for no limit.
  package var pace: Double?
  /// What becomes of the script when the screen is left.
  package var onExit = OnExit.stop
  /// **Units**: bytes. The memory for values that are kept.
  package var historyBytes = 1 << 30
  /// How many optimizer steps make one step.
  package var stepEvery = 1
  /// Whether the process waits at its end to be looked at: where there is a screen.
  package var holdsAtEnd = true

  /// The word of the marks that tell the step of each line of output; nil where the output does not come here.
  var outputMark: String?
  /// The page that this process shares with other ranks, and its place in it; nil where it is alone.
  package var gate: (path: String, slot: Int)?
  /// Its rank; nil where it is alone.
  package var rank: RunDescription.Rank?

  /// **Units**: seconds. How long a collective may wait for a rank that is paused: a week.
  static let patience = 7 * 24 * 3_600

  /// What the user has set for the diagnosis; nil for no diagnosis.
  package var diagnosis: Diagnosis.Settings? = Diagnosis.Settings()
  /// Whether the diagnosis measures nearly every step, whatever time that takes.
  package var diagnosesThoroughly = false
  /// Explains a step's operators with their numbers; nil to show their calls only.
  package var explainer: (any StepExplainer)?

  /// A script by its name.
  package init(name: String) { self.name = name }
}
