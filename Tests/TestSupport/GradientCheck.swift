import Autograd

/// What is wrong with the gradients of `body` at float64 inputs, or nil where they agree with finite differences.
///
/// The output is weighted by fixed numbers, so that every element of the derivative counts. As PyTorch's
/// `gradcheck`: a step of 10⁻⁶, and agreement within 10⁻⁵ + 10⁻³·|expected|.
package func gradientDifference(
  _ inputs: [Tensor], _ body: ([Tensor]) throws -> Tensor
) throws -> String? {
  func weighted(_ inputs: [Tensor]) throws -> Tensor {
    let output = try body(inputs)
    let weights = Tensor.empty(output.shape, .float64)
    weights.write { 0.5 + Double($0 * 7 % 5) * 0.3 }
    return try (output * weights).sum()
  }
  for input in inputs { input.zeroGrad() }
  try weighted(inputs).backward()
  for (position, input) in inputs.enumerated() where input.requiresGrad {
    guard let gradient = input.grad?.array(Double.self) else { return "input \(position) has no gradient" }
    let values = input.pointer(Double.self)
    for index in 0..<input.elementCount {
      let original = values[index]
      func output(at value: Double) throws -> Double {
        values[index] = value
        return try noGrad { try weighted(inputs).item() }
      }
      let step = 1e-6
      let difference = try (output(at: original + step) - output(at: original - step)) / (2 * step)
      values[index] = original
      guard Tolerance.gradient.holds(gradient[index], difference) else {
        return "input \(position), element \(index): \(gradient[index]), by finite differences \(difference)"
      }
    }
  }
  return nil
}
