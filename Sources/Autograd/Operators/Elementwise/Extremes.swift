/// The greater of a and b, NaN if one is; where they are equal each gets half of the gradient.
struct MaximumFunction: BinaryFunction {
  let name = "maximum"
  let integers: (@Sendable (Int64, Int64) -> Int64)? = { max($0, $1) }
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a.isNaN || a >= b ? a : b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { a == b ? 0.5 : a <= b ? 0 : 1 }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { a == b ? 0.5 : a >= b ? 0 : 1 }
}

/// The lesser of a and b, NaN if one is; where they are equal each gets half of the gradient.
struct MinimumFunction: BinaryFunction {
  let name = "minimum"
  let integers: (@Sendable (Int64, Int64) -> Int64)? = { min($0, $1) }
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a.isNaN || a <= b ? a : b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { a == b ? 0.5 : a >= b ? 0 : 1 }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { a == b ? 0.5 : a <= b ? 0 : 1 }
}

extension Tensor {
  /// The greater of each pair of elements.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.maximum.html>
  public func maximum(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Binary(MaximumFunction()), to: [self, other], at: SourceLocation(file: file, line: line))
  }

  /// The lesser of each pair of elements.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.minimum.html>
  public func minimum(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Binary(MinimumFunction()), to: [self, other], at: SourceLocation(file: file, line: line))
  }
}
