import Autograd

/// A tape's forward run again in double precision, from the values that it read.
struct DoublePrecisionRerun {
  private let tape: Tape
  private let nameOf: (Tensor) -> String
  private var values: [ObjectIdentifier: Tensor] = [:]

  /// Runs forward; `nameOf` names its tensors in messages.
  ///
  /// - Throws: what an operator throws, or ``ChangeError`` for one that returns another type.
  init(_ tape: Tape, nameOf: @escaping (Tensor) -> String) throws {
    self.tape = tape
    self.nameOf = nameOf
    for entry in tape.forward {
      for input in entry.inputs where values[ObjectIdentifier(input)] == nil {
        values[ObjectIdentifier(input)] = try DoublePrecisionRerun.double(asItWas(input))
      }
      values[ObjectIdentifier(entry.output)] = try run(entry) { values[ObjectIdentifier($0)] ?? $0 }
    }
  }

  /// A tensor of the tape in double precision.
  func value(of tensor: Tensor) -> Tensor { values[ObjectIdentifier(tensor)] ?? tensor }

  /// The operators that use a tensor, directly or through others.
  func operators(after tensor: Tensor) -> [Tape.Forward] {
    var moved: Set<ObjectIdentifier> = [ObjectIdentifier(tensor)]
    return tape.forward.filter { entry in
      guard entry.inputs.contains(where: { moved.contains(ObjectIdentifier($0)) }) else { return false }
      moved.insert(ObjectIdentifier(entry.output))
      return true
    }
  }

  /// The last result of forward with one cell of a tensor moved, where `operators` lead from the tensor on.
  func last(moving tensor: Tensor, at cell: Int, by step: Double, through operators: [Tape.Forward]) throws
    -> Tensor?
  {
    var moved = [
      ObjectIdentifier(tensor): try DoublePrecisionRerun.moved(value(of: tensor), at: cell, by: step)
    ]
    for entry in operators {
      moved[ObjectIdentifier(entry.output)] = try run(entry) { moved[ObjectIdentifier($0)] ?? value(of: $0) }
    }
    return tape.forward.last.map { moved[ObjectIdentifier($0.output)] ?? value(of: $0.output) }
  }

  /// A copy of a tensor with one cell moved.
  static func moved(_ tensor: Tensor, at cell: Int, by step: Double) throws -> Tensor {
    var numbers = tensor.array(Double.self)
    numbers[cell] += step
    return try Tensor(numbers, shape: tensor.shape)
  }

  private func run(_ entry: Tape.Forward, _ input: (Tensor) -> Tensor) throws -> Tensor {
    let inputs = entry.inputs.map(input)
    // A conversion between floating-point types would lose the precision that the check needs.
    if entry.operation is Convert, entry.output.dtype.isFloatingPoint {
      return try DoublePrecisionRerun.double(inputs[0])
    }
    let output = try apply(entry.operation, to: inputs, at: entry.location)
    guard output.dtype.isFloatingPoint, output.dtype != .float64 else { return output }
    guard !inputs.contains(where: { $0.dtype == .float64 }) else {
      throw ChangeError.otherType(
        node: nameOf(entry.output), type: output.dtype.rawValue, location: entry.location.description)
    }
    return try DoublePrecisionRerun.double(output)
  }

  /// A tensor as forward read it: before the update, where that has changed it.
  private func asItWas(_ tensor: Tensor) -> Tensor {
    tape.updates.first { $0.parameter === tensor }?.before ?? tensor
  }

  private static func double(_ tensor: Tensor) throws -> Tensor {
    guard tensor.dtype.isFloatingPoint, tensor.dtype != .float64 else { return tensor.detach() }
    return try Tensor(tensor.array(Double.self), shape: tensor.shape)
  }
}
