import Autograd

/// How far a computed number may be from the expected one: |got − expected| ≤ absolute + relative·|expected|.
package struct Tolerance: Sendable {
  package let relative: Double
  package let absolute: Double

  package init(relative: Double, absolute: Double) {
    self.relative = relative
    self.absolute = absolute
  }

  /// PyTorch's own for float32, `torch.testing.assert_close`.
  package static let float32 = Tolerance(relative: 1.3e-6, absolute: 1e-5)
  /// PyTorch's own for float64.
  package static let float64 = Tolerance(relative: 1e-7, absolute: 1e-7)
  /// PyTorch's `gradcheck`.
  package static let gradient = Tolerance(relative: 1e-3, absolute: 1e-5)
  /// Bit for bit but for the sign of zero.
  package static let exact = Tolerance(relative: 0, absolute: 0)

  /// Whether `got` is close to `expected`; NaN is close to NaN.
  package func holds(_ got: Double, _ expected: Double) -> Bool {
    if got.isNaN || expected.isNaN { return got.isNaN && expected.isNaN }
    if got == expected { return true }
    return got.isFinite && expected.isFinite && abs(got - expected) <= absolute + relative * abs(expected)
  }
}

/// What is wrong with `got`, or nil where every value is close to the expected one.
package func difference(
  _ got: Tensor, _ expected: [Double], shape: Shape, _ tolerance: Tolerance = .float32
) -> String? {
  guard got.shape == shape else { return "shape \(got.shape), expected \(shape)" }
  for (index, (value, wanted)) in zip(got.array(Double.self), expected).enumerated()
  where !tolerance.holds(value, wanted) {
    return "element \(index) is \(value), expected \(wanted)"
  }
  return nil
}

/// What is wrong with `got`, or nil where every value is close to that of `expected`.
package func difference(_ got: Tensor, _ expected: Tensor, _ tolerance: Tolerance = .float32) -> String? {
  difference(got, expected.array(Double.self), shape: expected.shape, tolerance)
}
