import Localization

extension OperatorInfo {
  /// The sum of two tensors.
  package static let add = OperatorInfo(
    "add", "y = a + b", Sentence("∂a = g, ∂b = g, summed over what was repeated"), cells: .sum,
    samples: GradientSample([2, 3], [3]) { try $0[0] + $0[1] },
    GradientSample([2, 1], []) { try $0[0] + $0[1] })

  /// The difference of two tensors.
  package static let sub = OperatorInfo(
    "sub", "y = a − b", Sentence("∂a = g, ∂b = −g, summed over what was repeated"), cells: .sum,
    samples: GradientSample([2, 3], [2, 1]) { try $0[0] - $0[1] })

  /// The product of two tensors, element by element.
  package static let mul = OperatorInfo(
    "mul", "y = a × b", Sentence("∂a = g × b, ∂b = g × a, summed over what was repeated"), cells: .product,
    samples: GradientSample([2, 1, 3], [4, 1]) { try $0[0] * $0[1] },
    GradientSample([3]) { try 2.5 * $0[0] })

  /// The quotient of two tensors, element by element.
  package static let div = OperatorInfo(
    "div", "y = a ÷ b", "∂a = g ÷ b, ∂b = −g × a ÷ b²", cells: .quotient,
    reasons: DefectReasons(
      nan: Sentence("0 divided by 0 is NaN"),
      infinite: Sentence("the divisor is 0, or too small for the quotient")),
    samples: GradientSample([2, 3], [3], domain: .positive) { try $0[0] / $0[1] })

  /// The negative of a tensor.
  package static let neg = OperatorInfo(
    "neg", "y = −x", "∂x = −g", cells: .elementwise, samples: GradientSample([2, 3]) { try -$0[0] })
}

/// a + b.
struct AddFunction: BinaryFunction {
  let formula: String? = "%1 + %2"
  let slopes: (String, String)? = ("1", "1")
  let saved: SavedValues = []
  let integers: (@Sendable (Int64, Int64) -> Int64)? = { $0 &+ $1 }
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a + b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 1 }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { 1 }
  func mapGradientOfFirst(upstream: Tensor, _ a: Tensor, _ b: Tensor, pool: StoragePool?) -> Tensor {
    upstream
  }
  func mapGradientOfSecond(upstream: Tensor, _ a: Tensor, _ b: Tensor, pool: StoragePool?) -> Tensor {
    upstream
  }
}

/// a − b.
struct SubtractFunction: BinaryFunction {
  let formula: String? = "%1 − %2"
  let slopes: (String, String)? = ("1", "−1")
  let saved: SavedValues = []
  let integers: (@Sendable (Int64, Int64) -> Int64)? = { $0 &- $1 }
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a - b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 1 }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { -1 }
  func mapGradientOfFirst(upstream: Tensor, _ a: Tensor, _ b: Tensor, pool: StoragePool?) -> Tensor {
    upstream
  }
}

/// a × b.
struct MultiplyFunction: BinaryFunction {
  let formula: String? = "%1·%2"
  let slopes: (String, String)? = ("%2", "%1")
  let integers: (@Sendable (Int64, Int64) -> Int64)? = { $0 &* $1 }
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a * b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { b }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { a }
}

/// a ÷ b.
struct DivideFunction: BinaryFunction {
  let formula: String? = "%1 ÷ %2"
  let slopes: (String, String)? = ("(1 ÷ %2)", "(−%1 ÷ %2²)")
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a / b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 1 / b }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { -(a / b) / b }
  // 1 ÷ b may be too large where upstream ÷ b is not.
  func gradientOfFirst<S: FloatingScalar>(_ upstream: S, _ a: S, _ b: S) -> S { upstream / b }
}

/// a ÷ b rounded to a whole number, whose derivative is 0.
struct RoundedDivideFunction: BinaryFunction {
  let saved: SavedValues = []
  let rounding: DivisionRounding

  var integers: (@Sendable (Int64, Int64) -> Int64)? {
    switch rounding {
    case .trunc: { $0.dividedReportingOverflow(by: $1).partialValue }
    case .floor:
      { a, b in
        let quotient = a.dividedReportingOverflow(by: b).partialValue
        return b != -1 && a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient
      }
    }
  }

  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S {
    guard rounding == .floor, b != 0 else { return (a / b).rounded(.towardZero) }
    // Python's: the quotient of a less its remainder, which has the sign of b.
    let rest = a.truncatingRemainder(dividingBy: b)
    var quotient = (a - rest) / b
    if rest != 0, (b < 0) != (rest < 0) { quotient -= 1 }
    guard quotient != 0 else { return S(signOf: a / b, magnitudeOf: 0) }
    let whole = quotient.rounded(.down)
    return quotient - whole > 0.5 ? whole + 1 : whole
  }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 0 }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { 0 }
  func gradientOfFirst<S: FloatingScalar>(_ upstream: S, _ a: S, _ b: S) -> S { 0 }
  func gradientOfSecond<S: FloatingScalar>(_ upstream: S, _ a: S, _ b: S) -> S { 0 }
}

/// −x.
struct NegateFunction: UnaryFunction {
  let formula: String? = "−%1"
  let slope: String? = "−1"
  let saved: SavedValues = []
  func value<S: FloatingScalar>(_ x: S) -> S { -x }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { -1 }
}
