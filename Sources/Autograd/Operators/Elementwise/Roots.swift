import Localization

extension OperatorInfo {
  /// The square root.
  package static let sqrt = OperatorInfo(
    "sqrt", "y = √x", "∂x = g ÷ 2y", cells: .elementwise,
    reasons: DefectReasons(
      nan: Sentence("the square root of a negative number is NaN"),
      steep: Sentence("the derivative of a square root, 1 ÷ (2√x), is infinite at 0")),
    samples: GradientSample([2, 3], domain: .positive) { try $0[0].sqrt() })

  /// The magnitude.
  package static let abs = OperatorInfo(
    "abs", "y = |x|", Sentence("∂x = g × sign x"), cells: .elementwise,
    samples: GradientSample([2, 3]) { try $0[0].abs() })
}

/// √x; its derivative is 1 ÷ 2√x.
struct SquareRootFunction: UnaryFunction {
  let formula: String? = "√(%1)"
  let slope: String? = "(1 ÷ 2√(%1))"
  let saved: SavedValues = .output
  func value<S: FloatingScalar>(_ x: S) -> S { x.squareRoot() }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { 1 / (2 * y) }
  func gradient<S: FloatingScalar>(_ upstream: S, _ x: S, _ y: S) -> S { upstream / (2 * y) }
}

/// |x|; its derivative is the sign of x, 0 at 0.
struct AbsoluteFunction: UnaryFunction {
  let formula: String? = "|%1|"
  let slope: String? = "sign(%1)"
  let saved: SavedValues = .inputs
  func value<S: FloatingScalar>(_ x: S) -> S { x.magnitude }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { x > 0 ? 1 : x < 0 ? -1 : 0 }
}

extension Tensor {
  /// The square root of each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.sqrt.html>
  public func sqrt(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(.sqrt, SquareRootFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The magnitude of each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.abs.html>
  public func abs(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    guard dtype != .bool else {
      throw Call(.abs, at: location).typeError([self], expected: localized("a tensor of numbers"))
    }
    guard dtype.isFloatingPoint else {
      return try maximum(neg(file: file, line: line), file: file, line: line)
    }
    return try apply(Unary(.abs, AbsoluteFunction()), to: [self], at: location)
  }

  /// The square of each element, recorded as a power; PyTorch's `square`.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.square.html>
  public func square(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try pow(2, file: file, line: line)
  }
}
