import Localization

extension OperatorInfo {
  /// A power, with a number or a tensor for its exponent.
  package static let pow = OperatorInfo(
    "pow", "y = xⁿ", Sentence("∂x = g × n·xⁿ⁻¹, and ∂n = g × xⁿ·ln x where n is a tensor"), cells: .power,
    reasons: DefectReasons(
      nan: Sentence("a negative number has no power with a fractional exponent"),
      infinite: Sentence("the power is 1 ÷ 0 or too large"),
      steep: Sentence("the derivative of a power below 1 is infinite at 0")),
    samples: GradientSample([2, 3]) { try $0[0].pow(3) },
    GradientSample([4], domain: .positive) { try $0[0].pow(-1.7) },
    GradientSample([2, 3], [3], domain: .positive) { try $0[0].pow($0[1]) })
}

/// xⁿ for a fixed exponent; its derivative is n·xⁿ⁻¹.
struct PowerFunction: UnaryFunction {
  var formula: String? { "%1^\(CellExpression.plain(exponent))" }
  var slope: String? { "\(CellExpression.plain(exponent))·%1^\(CellExpression.plain(exponent - 1))" }
  let saved: SavedValues = .inputs
  let exponent: Double

  func value<S: FloatingScalar>(_ x: S) -> S { power(x, exponent) }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S {
    exponent == 0 ? 0 : S(exponent) * power(x, exponent - 1)
  }

  /// Small exponents without the library's general power, exactly as multiplication gives them.
  private func power<S: FloatingScalar>(_ x: S, _ exponent: Double) -> S {
    switch exponent {
    case 2: x * x
    case 1: x
    case 3: x * x * x
    case 0.5: x.squareRoot()
    case -0.5: 1 / x.squareRoot()
    case -1: 1 / x
    case -2: 1 / (x * x)
    default: S.pow(x, S(exponent))
    }
  }
}

/// aᵇ; its derivatives are b·aᵇ⁻¹ and aᵇ·ln a.
struct TensorPowerFunction: BinaryFunction {
  let formula: String? = "%1^%2"
  let slopes: (String, String)? = ("%2·%1^(%2 − 1)", "%1^%2·ln(%1)")
  let integers: (@Sendable (Int64, Int64) -> Int64)? = { base, exponent in
    var (result, square, rest) = (1 as Int64, base, exponent)
    if rest < 0 { return base == 1 ? 1 : base == -1 ? (rest & 1 == 0 ? 1 : -1) : 0 }
    while rest > 0 {
      if rest & 1 == 1 { result = result &* square }
      square = square &* square
      rest >>= 1
    }
    return result
  }

  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { S.pow(a, b) }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { b == 0 ? 0 : b * S.pow(a, b - 1) }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S {
    a == 0 && b >= 0 ? 0 : S.pow(a, b) * S.log(a)
  }
}

extension Tensor {
  /// Each element to the power of a number: xⁿ.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.pow.html>
  public func pow(_ exponent: Double, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(
      Unary(.pow, PowerFunction(exponent: exponent)), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// Each element to the power of a whole number; integers stay integers.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.pow.html>
  public func pow(_ exponent: Int, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    if dtype.isFloatingPoint { return try pow(Double(exponent), file: file, line: line) }
    guard exponent >= 0 else {
      throw Call(.pow, at: SourceLocation(file: file, line: line))
        .argumentError("exponent", exponent, expected: localized("0 or more for a tensor of whole numbers"))
    }
    return try pow(scalar(exponent), file: file, line: line)
  }

  /// Each element to the power of its partner: aᵇ.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.pow.html>
  public func pow(_ exponent: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(
      Binary(.pow, TensorPowerFunction()), to: [self, exponent], at: SourceLocation(file: file, line: line))
  }
}

extension CellRule {
  /// A power, by a number or cell by cell.
  static let power = CellRule { call, cell in
    CellOperands(.function, sources(call, cell))
  } gradient: { call, input, cell in
    call.inputs.count == 1
      ? elementwise.gradient(call, input, cell) : pair(.function).gradient(call, input, cell)
  }
}
