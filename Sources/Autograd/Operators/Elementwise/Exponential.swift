/// eˣ, its own derivative.
struct ExponentialFunction: UnaryFunction {
  let name = "exp"
  let saved: SavedValues = .output
  func value<S: FloatingScalar>(_ x: S) -> S { S.exp(x) }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { y }
}

/// The natural logarithm; its derivative is 1 ÷ x.
struct LogarithmFunction: UnaryFunction {
  let name = "log"
  let saved: SavedValues = .inputs
  func value<S: FloatingScalar>(_ x: S) -> S { S.log(x) }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { 1 / x }
  func gradient<S: FloatingScalar>(_ upstream: S, _ x: S, _ y: S) -> S { upstream / x }
}

extension Tensor {
  /// eˣ for each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.exp.html>
  public func exp(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(ExponentialFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The natural logarithm of each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.log.html>
  public func log(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(LogarithmFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }
}
