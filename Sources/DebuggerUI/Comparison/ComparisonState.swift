import TerminalUI
import Trace

/// Two recorded runs side by side, and how they are shown.
package struct ComparisonState: Sendable, Equatable {
  /// One of the two.
  package struct Run: Sendable, Equatable {
    /// The file's name.
    package var name: String
    /// The loss of its steps, thinned out.
    package var losses: [RunUpdate.LossPoint]
    /// The results of its epochs.
    package var epochs: [EpochResult]

    /// A run.
    package init(name: String, losses: [RunUpdate.LossPoint], epochs: [EpochResult]) {
      self.name = name
      self.losses = losses
      self.epochs = epochs
    }
  }

  /// A setting that differs.
  package struct Setting: Sendable, Equatable {
    /// Its name.
    package var name: String
    /// Its value in the first run.
    package var left: String
    /// Its value in the second run.
    package var right: String

    /// A setting.
    package init(name: String, left: String, right: String) {
      self.name = name
      self.left = left
      self.right = right
    }
  }

  /// The size of the screen.
  package var size: Size
  /// The first run.
  package let left: Run
  /// The second run.
  package let right: Run
  /// The settings that differ.
  package let settings: [Setting]
  /// Where they diverge, as a sentence.
  package let verdict: String
  /// The step in which they diverge, where it is known.
  package let step: Int?
  /// Whether the axis of the loss is logarithmic.
  package var isLogarithmic = false
  /// Whether the curves of validation are shown instead of those of training.
  package var showsValidation = false
  /// The first setting in view.
  package var firstSetting = 0

  /// A comparison of two runs.
  package init(size: Size, _ left: Run, _ right: Run, settings: [Setting], verdict: String, step: Int?) {
    self.size = size
    self.left = left
    self.right = right
    self.settings = settings
    self.verdict = verdict
    self.step = step
  }

  /// Takes what the user did; true if that is to leave.
  package mutating func update(_ event: TerminalEvent) -> Bool {
    switch event {
    case .key("q"), .key(.escape), .signal, .endOfInput: return true
    case .key("y"): isLogarithmic.toggle()
    case .key("v"): showsValidation.toggle()
    case .key(.down), .key("j"): firstSetting = min(firstSetting + 1, max(0, settings.count - 1))
    case .key(.up), .key("k"): firstSetting = max(0, firstSetting - 1)
    case .resize(let size): self.size = size
    case .key, .mouse, .paste, .wake, .deadline: break
    }
    return false
  }
}
