/// A setting of an optimizer that may be changed while it runs.
public struct Hyperparameter: Equatable, Sendable {
  /// The name in PyTorch, `lr`.
  public let name: String
  /// Its value now.
  public let value: Double

  /// A setting with its value.
  public init(name: String, value: Double) {
    self.name = name
    self.value = value
  }
}

/// Where an optimizer keeps a setting, and which values it takes.
struct HyperparameterSlot<Owner> {
  let name: String
  let path: ReferenceWritableKeyPath<Owner, Double>
  let range: HyperparameterRange
}

/// The values that a setting takes.
enum HyperparameterRange: String {
  case notNegative = "a finite number of 0 or more"
  case share = "a number from 0 to below 1"

  func contains(_ value: Double) -> Bool {
    switch self {
    case .notNegative: value >= 0 && value.isFinite
    case .share: value >= 0 && value < 1
    }
  }
}

/// An optimizer that lists its settings once, for reading and writing.
protocol SlottedOptimizer: Optimizer {
  var slots: [HyperparameterSlot<Self>] { get }
}

extension SlottedOptimizer {
  /// The settings by name, as they are now.
  func listHyperparameters() -> [Hyperparameter] {
    slots.map { Hyperparameter(name: $0.name, value: self[keyPath: $0.path]) }
  }

  /// Changes a setting by name.
  func change(_ name: String, to value: Double) throws {
    guard let slot = slots.first(where: { $0.name == name }) else {
      throw NNError.unknownSetting(of: self.name, name: name, known: slots.map(\.name))
    }
    guard slot.range.contains(value) else {
      throw NNError.settingRange(of: self.name, name: name, got: value, expected: slot.range.rawValue)
    }
    self[keyPath: slot.path] = value
  }
}
