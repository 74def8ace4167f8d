import TerminalUI
import Trace

/// Two recorded runs beside each other, and how they are looked at.
package struct ComparisonState: Sendable, Equatable {
  /// One of the two.
  package struct Run: Sendable, Equatable {
    /// The file's name.
    package var name: String
    /// The loss of its steps, thinned.
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

  /// A setting that is not the same in both.
  package struct Setting: Sendable, Equatable {
    package var name: String
    package var left: String
    package var right: String

    /// A setting.
    package init(name: String, left: String, right: String) {
      self.name = name
      self.left = left
      self.right = right
    }
  }

  package var size: Size
  package let left: Run
  package let right: Run
  package let settings: [Setting]
  /// Where they part, as a sentence, and the step where that is known.
  package let verdict: String
  package let step: Int?
  package var isLogarithmic = false
  /// Whether the validation's curves are shown instead of training's.
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

  /// Does what a key asks for; true if that is to leave.
  package mutating func update(_ key: Key) -> Bool {
    switch key {
    case "q", .escape: return true
    case "y": isLogarithmic.toggle()
    case "v": showsValidation.toggle()
    case .down, "j": firstSetting = min(firstSetting + 1, max(0, settings.count - 1))
    case .up, "k": firstSetting = max(0, firstSetting - 1)
    default: break
    }
    return false
  }
}
