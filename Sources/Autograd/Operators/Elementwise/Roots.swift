/// √x; its derivative is 1 ÷ 2√x.
struct SquareRootFunction: UnaryFunction {
  let name = "sqrt"
  let saved: SavedValues = .output
  func value<S: FloatingScalar>(_ x: S) -> S { x.squareRoot() }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { 1 / (2 * y) }
  func gradient<S: FloatingScalar>(_ upstream: S, _ x: S, _ y: S) -> S { upstream / (2 * y) }
}

/// |x|; its derivative is the sign of x, 0 at 0.
struct AbsoluteFunction: UnaryFunction {
  let name = "abs"
  let saved: SavedValues = .inputs
  func value<S: FloatingScalar>(_ x: S) -> S { x.magnitude }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { x > 0 ? 1 : x < 0 ? -1 : 0 }
}

extension Tensor {
  /// The square root of each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.sqrt.html>
  public func sqrt(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(SquareRootFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The magnitude of each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.abs.html>
  public func abs(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    guard dtype.isFloatingPoint else {
      return try maximum(neg(file: file, line: line), file: file, line: line)
    }
    return try apply(Unary(AbsoluteFunction()), to: [self], at: location)
  }

  /// The square of each element, recorded as a power; PyTorch's `square`.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.square.html>
  public func square(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try pow(2, file: file, line: line)
  }
}
