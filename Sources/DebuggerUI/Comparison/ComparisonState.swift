import TerminalUI
import Trace

/// Two recorded runs beside each other, and how they are looked at.
public struct ComparisonState: Sendable, Equatable {
  /// One of the two.
  public struct Run: Sendable, Equatable {
    /// The file's name.
    public var name: String
    /// The loss of its steps, thinned.
    public var losses: [RunUpdate.LossPoint]
    /// The results of its epochs.
    public var epochs: [EpochResult]

    /// A run.
    public init(name: String, losses: [RunUpdate.LossPoint], epochs: [EpochResult]) {
      self.name = name
      self.losses = losses
      self.epochs = epochs
    }
  }

  /// A setting that is not the same in both.
  public struct Setting: Sendable, Equatable {
    public var name: String
    public var left: String
    public var right: String

    /// A setting.
    public init(name: String, left: String, right: String) {
      self.name = name
      self.left = left
      self.right = right
    }
  }

  public var size: Size
  public let left: Run
  public let right: Run
  public let settings: [Setting]
  /// Where they part, as a sentence, and the step where that is known.
  public let verdict: String
  public let step: Int?
  public var isLogarithmic = false
  /// Whether the validation's curves are shown instead of training's.
  public var showsValidation = false
  /// The first setting in view.
  public var firstSetting = 0

  /// A comparison of two runs.
  public init(size: Size, _ left: Run, _ right: Run, settings: [Setting], verdict: String, step: Int?) {
    self.size = size
    self.left = left
    self.right = right
    self.settings = settings
    self.verdict = verdict
    self.step = step
  }

  /// Does what a key asks for; true if that is to leave.
  public mutating func update(_ key: Key) -> Bool {
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
