import Autograd
import Localization
import Trace

/// A script's call of an operator, to be made with the engine's operator.
struct EngineCall {
  /// Why the engine cannot make it.
  enum Obstacle: Error, Equatable {
    /// It has no such operator.
    case unknown
    /// What the operator was called with is not known.
    case notSeen
    /// It has the operator, without this option.
    case option(String)
    /// It takes several operators for it.
    case severalOperators
  }

  /// The call.
  let call: OperatorCall
  /// Whether only the first operator is wanted, which does not run.
  var isNamed = false
  /// What the result of a random operator was; nil where it is not known.
  var drawn: Tensor?
  /// The tensors of the call.
  let tensor: (OperatorCall.Tensor) -> Tensor

  // MARK: Arguments

  /// The first argument, a tensor.
  var x: Tensor { get throws { try tensor("input", at: 0) } }

  /// A tensor argument.
  func tensor(_ name: String, at place: Int) throws -> Tensor {
    guard let tensor = try optionalTensor(name, at: place) else { throw Obstacle.option(name) }
    return tensor
  }

  /// A tensor argument that may be left out.
  func optionalTensor(_ name: String, at place: Int) throws -> Tensor? {
    switch value(name, at: place) {
    case .none?, nil: nil
    case .tensor(let operand)?: tensor(operand)
    default: throw Obstacle.option(name)
    }
  }

  /// The tensors of a list.
  func tensors(_ name: String, at place: Int) throws -> [Tensor] {
    guard case .list(let parts)? = value(name, at: place) else { throw Obstacle.option(name) }
    return try parts.map { part in
      guard case .tensor(let operand) = part else { throw Obstacle.option(name) }
      return tensor(operand)
    }
  }

  /// A number; the one given here where it is left out.
  func number(_ name: String, at place: Int, _ usual: Double? = nil) throws -> Double {
    switch value(name, at: place) {
    case .number(let number)?: return number
    case .whole(let whole)?: return Double(whole)
    case .flag(let flag)?: return flag ? 1 : 0
    case .none?, nil: if let usual { return usual }
    default: break
    }
    throw Obstacle.option(name)
  }

  /// A number that may be left out.
  func optionalNumber(_ name: String, at place: Int) throws -> Double? {
    isGiven(name, at: place) ? try number(name, at: place) : nil
  }

  /// A whole number; the one given here where it is left out.
  func whole(_ name: String, at place: Int, _ usual: Int? = nil) throws -> Int {
    switch value(name, at: place) {
    case .whole(let whole)?: return whole
    case .none?, nil: if let usual { return usual }
    default: break
    }
    throw Obstacle.option(name)
  }

  /// Whole numbers in a list, or one; nil where they are left out.
  func wholes(_ name: String, at place: Int) throws -> [Int]? {
    switch value(name, at: place) {
    case .whole(let whole)?: return [whole]
    case .list(let parts)?:
      return try parts.map { part in
        guard case .whole(let whole) = part else { throw Obstacle.option(name) }
        return whole
      }
    case .none?, nil: return nil
    default: throw Obstacle.option(name)
    }
  }

  /// Whole numbers in a list, or all arguments from a place on: `view(2, 3)`.
  func sizes(_ name: String, at place: Int) throws -> [Int] {
    if case .whole? = value(name, at: place) {
      return try call.arguments.indices.dropFirst(place).map { try whole(name, at: $0) }
    }
    guard let sizes = try wholes(name, at: place) else { throw Obstacle.option(name) }
    return sizes
  }

  /// A flag; the one given here where it is left out.
  func flag(_ name: String, at place: Int, _ usual: Bool = false) throws -> Bool {
    switch value(name, at: place) {
    case .flag(let flag)?: flag
    case .none?, nil: usual
    default: throw Obstacle.option(name)
    }
  }

  /// A word; the one given here where it is left out.
  func word(_ name: String, at place: Int, _ usual: String) throws -> String {
    switch value(name, at: place) {
    case .text(let word)?: word
    case .none?, nil: usual
    default: throw Obstacle.option(name)
    }
  }

  /// How a loss is reduced.
  func reduction(at place: Int) throws -> Reduction {
    try refuse("size_average", "reduce")
    guard let reduction = Reduction(rawValue: try word("reduction", at: place, "mean")) else {
      throw Obstacle.option("reduction")
    }
    return reduction
  }

  /// What an argument is; nil where it was not given.
  func value(_ name: String, at place: Int) -> OperatorCall.Value? {
    // The first argument has many names.
    if place == 0, let first = call.arguments.first { return first.value }
    return call.value(name, at: place)
  }

  /// Whether an argument was given, and is not None.
  func isGiven(_ name: String, at place: Int) -> Bool {
    let value = value(name, at: place)
    return value != nil && value != OperatorCall.Value.none
  }

  /// Refuses options that the engine does not have, by their names.
  func refuse(_ names: String...) throws {
    for name in names {
      switch call.arguments.first(where: { $0.name == name })?.value {
      case nil, .none?, .flag(false)?: continue
      default: throw Obstacle.option(name)
      }
    }
  }

  /// Says that several operators follow.
  func takesSeveral() throws { if isNamed { throw Obstacle.severalOperators } }
}

extension EngineCall {
  /// What the engine computes for the call.
  ///
  /// - Throws: ``Obstacle``, or what the engine's operators throw.
  func run() throws -> [Tensor] {
    guard let operation = TorchOperator.named(call.operation) else { throw Obstacle.unknown }
    return try operation.run(self)
  }

  /// The engine's operator for the call, with its options and what it is given.
  ///
  /// - Throws: ``Obstacle`` where no single operator of the engine is the call.
  func step() throws -> ForwardStep {
    guard let operation = TorchOperator.named(call.operation) else { throw Obstacle.unknown }
    var named = self
    named.isNamed = true
    let call = named
    guard let step = try ForwardStep.first(in: { _ = try operation.run(call) }) else {
      throw Obstacle.unknown
    }
    guard operation.engine.contains(step.operation.name) else { throw Obstacle.severalOperators }
    return step
  }
}

extension DType {
  /// The engine's type for one of PyTorch's: shorter ones are held in longer ones. nil for complex numbers.
  init?(torch word: String) {
    switch word {
    case "float64": self = .float64
    case "float32", "float16", "bfloat16": self = .float32
    case "bool": self = .bool
    case "int64", "int32", "int16", "int8", "uint8": self = .int64
    default: return nil
    }
  }
}
