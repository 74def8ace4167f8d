import Localization

extension OperatorInfo {
  /// The greater element of each pair.
  package static let maximum = OperatorInfo(
    "maximum", "y = max(a, b)", Sentence("g goes to the greater, half to each where they are equal"),
    cells: .greaterOrLesser, reasons: .selection,
    samples: GradientSample([2, 3], [3]) { try $0[0].maximum($0[1]) })

  /// The lesser element of each pair.
  package static let minimum = OperatorInfo(
    "minimum", "y = min(a, b)", Sentence("g goes to the lesser, half to each where they are equal"),
    cells: .greaterOrLesser, reasons: .selection,
    samples: GradientSample([2, 3], [3]) { try $0[0].minimum($0[1]) })
}

/// The greater of a and b, NaN if one is; where they are equal each gets half of the gradient.
struct MaximumFunction: BinaryFunction {
  let formula: String? = "max(%1, %2)"
  let slopes: (String, String)? = ("[%1 > %2]", "[%2 > %1]")
  let integers: (@Sendable (Int64, Int64) -> Int64)? = { max($0, $1) }
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a.isNaN || a >= b ? a : b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { gradientOfFirst(1, a, b) }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { gradientOfSecond(1, a, b) }
  // 0, not a product with 0: what is not chosen gets nothing of a gradient that is NaN or infinite.
  func gradientOfFirst<S: FloatingScalar>(_ upstream: S, _ a: S, _ b: S) -> S {
    a == b ? upstream / 2 : a <= b ? 0 : upstream
  }
  func gradientOfSecond<S: FloatingScalar>(_ upstream: S, _ a: S, _ b: S) -> S {
    a == b ? upstream / 2 : a >= b ? 0 : upstream
  }
}

/// The lesser of a and b, NaN if one is; where they are equal each gets half of the gradient.
struct MinimumFunction: BinaryFunction {
  let formula: String? = "min(%1, %2)"
  let slopes: (String, String)? = ("[%1 < %2]", "[%2 < %1]")
  let integers: (@Sendable (Int64, Int64) -> Int64)? = { min($0, $1) }
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a.isNaN || a <= b ? a : b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { gradientOfFirst(1, a, b) }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { gradientOfSecond(1, a, b) }
  func gradientOfFirst<S: FloatingScalar>(_ upstream: S, _ a: S, _ b: S) -> S {
    a == b ? upstream / 2 : a >= b ? 0 : upstream
  }
  func gradientOfSecond<S: FloatingScalar>(_ upstream: S, _ a: S, _ b: S) -> S {
    a == b ? upstream / 2 : a <= b ? 0 : upstream
  }
}

extension Tensor {
  /// The greater of each pair of elements.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.maximum.html>
  public func maximum(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(
      Binary(.maximum, MaximumFunction()), to: [self, other], at: SourceLocation(file: file, line: line))
  }

  /// The lesser of each pair of elements.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.minimum.html>
  public func minimum(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(
      Binary(.minimum, MinimumFunction()), to: [self, other], at: SourceLocation(file: file, line: line))
  }
}
