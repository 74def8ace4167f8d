import Autograd
import Localization
import NN
import Numbers
import Trace

/// Makes the user's changes in an experiment, and describes them in words.
///
/// Owner: the training queue.
struct ChangeMaker {
  private let optimizer: any Optimizer
  private let parameters: [Module.NamedParameter]
  private let switches: TrainingSwitches

  /// Makes changes in an experiment and in the switches of its loop.
  init(_ experiment: Experiment, switches: TrainingSwitches) {
    optimizer = experiment.optimizer
    parameters = ModelNames(experiment).orderedParameters
    self.switches = switches
  }

  /// What a change would do, in words: `lr 0.1 → 0.01`.
  ///
  /// - Throws: ``ChangeError`` or `NNError` if it cannot be made.
  func describe(_ change: Change) throws -> String {
    switch change {
    case .hyperparameter(let name, let value):
      let settings = optimizer.hyperparameters
      guard let setting = settings.first(where: { $0.name == name }) else {
        throw NNError.unknownSetting(of: optimizer.name, name: name, known: settings.map(\.name))
      }
      try check(name, value, restoring: setting.value)
      return "\(name) \(NumberText.setting(setting.value)) → \(NumberText.setting(value))"
    case .cell(let name, let index, let value):
      let (tensor, offset) = try cell(name, index)
      return "\(name)\(index) \(read(tensor, offset)) → \(NumberText.setting(value))"
    case .zeroGrad(let isOn):
      return isOn
        ? localized("gradients are reset before each step again")
        : localized("gradients are no longer reset: each step adds to them")
    }
  }

  /// Makes a change; `willSet` is called before a parameter's cell is set.
  ///
  /// - Throws: ``ChangeError`` or `NNError` if it cannot be made; nothing is changed then.
  func make(_ change: Change, willSet: (_ cell: Int, _ parameter: Tensor) -> Void = { _, _ in }) throws {
    switch change {
    case .hyperparameter(let name, let value): try optimizer.setHyperparameter(name, to: value)
    case .cell(let name, let index, let value):
      let (tensor, offset) = try cell(name, index)
      willSet(zip(index, tensor.shape).reduce(0) { $0 * $1.1 + $1.0 }, tensor)
      // Without counting the change, so that backward does not take it for a mistake in the user's code.
      if tensor.dtype == .float32 {
        (tensor.storage.pointer + offset * 4).storeBytes(of: Float(value), as: Float.self)
      } else {
        (tensor.storage.pointer + offset * 8).storeBytes(of: value, as: Double.self)
      }
    case .zeroGrad(let isOn): switches.setZeroGrad(isOn)
    }
  }

  /// Tries a value, since only the optimizer knows which values it accepts.
  private func check(_ name: String, _ value: Double, restoring old: Double) throws {
    try optimizer.setHyperparameter(name, to: value)
    try optimizer.setHyperparameter(name, to: old)
  }

  private func cell(_ name: String, _ index: [Int]) throws(ChangeError) -> (tensor: Tensor, offset: Int) {
    guard let tensor = parameters.first(where: { $0.name == name })?.tensor else {
      throw .unknownParameter(name: name, known: parameters.map(\.name))
    }
    let shape = Array(tensor.shape)
    guard index.count == shape.count, zip(index, shape).allSatisfy({ (0..<$1).contains($0) }) else {
      throw .cellOutside(name: name, index: index, shape: shape)
    }
    let offset = zip(index, tensor.strides).reduce(tensor.offset) { $0 + $1.0 * $1.1 }
    return (tensor, offset)
  }

  private func read(_ tensor: Tensor, _ offset: Int) -> String {
    tensor.dtype == .float32
      ? NumberText.exact((tensor.storage.pointer + offset * 4).load(as: Float.self))
      : NumberText.exact((tensor.storage.pointer + offset * 8).load(as: Double.self))
  }
}

/// Why a change or a check cannot be made.
enum ChangeError: Error, Equatable, CustomStringConvertible {
  case unknownParameter(name: String, known: [String])
  case cellOutside(name: String, index: [Int], shape: [Int])
  case noGradient(name: String)
  case gradientNotSent(name: String)
  case otherType(node: String, type: String, location: String)
  case notRunAgain(name: String, reason: String)

  var description: String {
    switch self {
    case .unknownParameter(let name, let known):
      localized("There is no parameter \(name); the model has \(known.joined(separator: ", ")).")
    case .cellOutside(let name, let index, let shape):
      shape.count == 1
        ? localized(
          "\(name) has the shape \(shape), so \(index) is not a cell of it: give 1 index, at least 0 and less than its dimension."
        )
        : localized(
          "\(name) has the shape \(shape), so \(index) is not a cell of it: give \(shape.count) indices, each at least 0 and less than its dimension."
        )
    case .noGradient(let name):
      localized("\(name) has no gradient at this moment: step forward until backward has reached it.")
    case .gradientNotSent(let name):
      localized(
        """
        Backward has run and has sent no gradient to \(name): forward did not use it, or an operator on the way passes \
        none on.
        """)
    case .otherType(let node, let type, let location):
      localized(
        """
        \(node) returns \(type) for inputs of float64 (\(location)), so gradients through it cannot be checked: the check \
        runs in double precision, and an operator must return the type of its inputs.
        """)
    case .notRunAgain(let name, let reason):
      localized("The gradient of \(name) cannot be checked here: \(reason)")
    }
  }
}
