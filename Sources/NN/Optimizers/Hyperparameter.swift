import Localization

/// A setting of an optimizer that may be changed while it runs.
public struct Hyperparameter: Equatable, Sendable {
  /// The name in PyTorch, `lr`.
  public let name: String
  /// Its current value.
  public let value: Double

  /// A setting with its value.
  public init(name: String, value: Double) {
    self.name = name
    self.value = value
  }
}

/// A setting of an optimizer: how to read and write it, and which values it takes.
struct HyperparameterSlot {
  /// The values that a setting takes.
  enum Range {
    case notNegative, share

    var words: String {
      switch self {
      case .notNegative: localized("a finite number of 0 or more")
      case .share: localized("a number from 0 to below 1")
      }
    }

    func contains(_ value: Double) -> Bool {
      switch self {
      case .notNegative: value >= 0 && value.isFinite
      case .share: value >= 0 && value < 1
      }
    }
  }

  let name: String
  let range: Range
  let get: () -> Double
  let set: (Double) -> Void

  init(name: String, range: Range, get: @escaping () -> Double, set: @escaping (Double) -> Void) {
    self.name = name
    self.range = range
    self.get = get
    self.set = set
  }

  /// The setting that an optimizer keeps at a path.
  init<Owner: Optimizer>(
    _ name: String, _ range: Range, _ owner: Owner, _ path: ReferenceWritableKeyPath<Owner, Double>
  ) {
    self.name = name
    self.range = range
    get = { owner[keyPath: path] }
    set = { owner[keyPath: path] = $0 }
  }

  /// Throws where the optimizer `owner` does not take the value.
  fileprivate func check(_ value: Double, of owner: String) throws {
    guard range.contains(value) else {
      throw NNError.settingRange(of: owner, name: name, got: value, expected: range.words)
    }
  }
}

extension [HyperparameterSlot] {
  /// The settings by name, with their current values.
  var current: [Hyperparameter] { map { Hyperparameter(name: $0.name, value: $0.get()) } }

  /// Throws where a setting of the optimizer `owner` is out of its range.
  func check(of owner: String) throws {
    for slot in self { try slot.check(slot.get(), of: owner) }
  }

  /// Changes a setting of the optimizer `owner` by name.
  func set(_ name: String, to value: Double, of owner: String) throws {
    guard let slot = first(where: { $0.name == name }) else {
      throw NNError.unknownSetting(of: owner, name: name, known: map(\.name))
    }
    try slot.check(value, of: owner)
    slot.set(value)
  }
}
