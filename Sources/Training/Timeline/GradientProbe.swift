import Autograd
import Trace

/// Runs a tape's forward again on copies in double precision, to measure how the loss depends on one cell.
struct GradientProbe {
  /// Half the distance between the two points of the finite difference.
  private static let step = 1e-5

  private let tape: Tape

  /// A probe of the step on a tape.
  init(_ tape: Tape) { self.tape = tape }

  /// The gradient of a parameter's cell and the finite difference of the loss there.
  ///
  /// - Throws: ``ChangeError`` if backward has not reached the parameter, or what an operator throws.
  func check(_ parameter: Tensor, name: String, cell: Int) throws -> GradientCheck {
    guard let gradient = parameter.grad, !tape.backward.isEmpty else {
      throw ChangeError.noGradient(name: name)
    }
    let shape = Array(parameter.shape)
    guard (0..<parameter.elementCount).contains(cell) else {
      throw ChangeError.cellOutside(name: name, index: [cell], shape: shape)
    }
    let step = GradientProbe.step * max(1, abs(asItWas(parameter).array(Double.self)[cell]))
    let difference = try noGrad {
      try
        (loss(with: parameter, moved: step, at: cell, name)
        - loss(with: parameter, moved: -step, at: cell, name)) / (2 * step)
    }
    return GradientCheck(
      parameter: name, index: index(of: cell, in: shape), gradient: gradient.array(Double.self)[cell],
      difference: difference, step: step)
  }

  /// The loss of the tape's batch with one cell moved.
  private func loss(with parameter: Tensor, moved step: Double, at cell: Int, _ name: String) throws -> Double
  {
    var copies: [ObjectIdentifier: Tensor] = [:]
    func copy(_ tensor: Tensor) throws -> Tensor {
      if let made = copies[ObjectIdentifier(tensor)] { return made }
      var made = asItWas(tensor)
      if tensor.dtype.isFloatingPoint {
        var values = made.array(Double.self)
        if tensor === parameter { values[cell] += step }
        made = try Tensor(values, shape: tensor.shape)
      }
      copies[ObjectIdentifier(tensor)] = made
      return made
    }
    var last: Tensor?
    for entry in tape.forward {
      let output = try apply(entry.operation, to: entry.inputs.map(copy), at: entry.location)
      copies[ObjectIdentifier(entry.output)] = output
      last = output
    }
    guard let last, last.elementCount == 1 else {
      throw ChangeError.notRunAgain(name: name, reason: "the loss is not a single number.")
    }
    return try last.item()
  }

  /// A tensor as forward read it: before the update, where that has changed it.
  private func asItWas(_ tensor: Tensor) -> Tensor {
    tape.updates.first { $0.parameter === tensor }?.before ?? tensor
  }

  private func index(of cell: Int, in shape: [Int]) -> [Int] {
    var (rest, index) = (cell, [Int](repeating: 0, count: shape.count))
    for dimension in shape.indices.reversed() {
      index[dimension] = rest % shape[dimension]
      rest /= shape[dimension]
    }
    return index
  }
}
