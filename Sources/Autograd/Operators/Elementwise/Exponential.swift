import Localization

extension OperatorInfo {
  /// The exponential function.
  package static let exp = OperatorInfo(
    "exp", "y = eˣ", "∂x = g × y", cells: .elementwise,
    reasons: DefectReasons(
      infinite: Sentence("exp of the input is too large for the element type"),
      zero: Sentence("exp of the input is too small for the element type")),
    samples: GradientSample([2, 3]) { try $0[0].exp() })

  /// The natural logarithm.
  package static let log = OperatorInfo(
    "log", "y = ln x", "∂x = g ÷ x", cells: .elementwise,
    reasons: DefectReasons(
      nan: Sentence("log of a negative number is NaN"), infinite: Sentence("log of 0 is −inf")),
    samples: GradientSample([2, 3], domain: .positive) { try $0[0].log() })
}

/// eˣ, its own derivative.
struct ExponentialFunction: UnaryFunction {
  let formula: String? = "exp(%1)"
  let slope: String? = "exp(%1)"
  let saved: SavedValues = .output
  func value<S: FloatingScalar>(_ x: S) -> S { S.exp(x) }
  func values<S: FloatingScalar>(_ count: Int, _ x: UnsafePointer<S>, _ result: UnsafeMutablePointer<S>) {
    S.exp(count, x, result)
  }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { y }
}

/// The natural logarithm; its derivative is 1 ÷ x.
struct LogarithmFunction: UnaryFunction {
  let formula: String? = "ln(%1)"
  let slope: String? = "(1 ÷ %1)"
  let saved: SavedValues = .inputs
  func value<S: FloatingScalar>(_ x: S) -> S { S.log(x) }
  func values<S: FloatingScalar>(_ count: Int, _ x: UnsafePointer<S>, _ result: UnsafeMutablePointer<S>) {
    S.log(count, x, result)
  }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { 1 / x }
  func gradient<S: FloatingScalar>(_ upstream: S, _ x: S, _ y: S) -> S { upstream / x }
}

extension Tensor {
  /// eˣ for each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.exp.html>
  public func exp(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(.exp, ExponentialFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The natural logarithm of each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.log.html>
  public func log(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(.log, LogarithmFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }
}
