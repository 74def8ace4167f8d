extension OperatorInfo {
  /// The Gaussian error linear unit.
  package static let gelu = OperatorInfo(
    "gelu", "y = x·Φ(x)", "∂x = g × (Φ(x) + x·φ(x))", cells: .elementwise,
    samples: GradientSample([2, 3]) { try $0[0].gelu() },
    GradientSample([2, 3]) { try $0[0].gelu(approximate: .tanh) })
}

/// How ``Tensor/gelu(approximate:file:line:)`` computes the normal distribution.
public enum GELUApproximation: String, Sendable, CaseIterable {
  /// By the error function.
  case none
  /// By the hyperbolic tangent of a cubic, as GPT-2 does.
  case tanh
}

/// x·Φ(x), with Φ the normal distribution; its derivative is Φ(x) + x·φ(x).
struct GELUFunction: UnaryFunction {
  let formula: String? = "%1·Φ(%1)"
  let slope: String? = "(Φ(%1) + %1·φ(%1))"
  let saved: SavedValues = .inputs
  let integers = IntegerRule.refuse

  func value<S: FloatingScalar>(_ x: S) -> S { x * distribution(x) }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S {
    let density = S.exp(-x * x / 2) * S(1 / (2 * Double.pi).squareRoot())
    return distribution(x) + x * density
  }

  private func distribution<S: FloatingScalar>(_ x: S) -> S { (1 + S.erf(x * S(0.5.squareRoot()))) / 2 }
}

/// x·(1 + tanh u) ÷ 2, with u = √(2 ÷ π)·(x + 0.044715·x³).
struct TanhGELUFunction: UnaryFunction {
  let saved: SavedValues = .inputs
  let integers = IntegerRule.refuse

  func value<S: FloatingScalar>(_ x: S) -> S { x * (1 + S.tanh(inner(x))) / 2 }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S {
    let bend = S.tanh(inner(x))
    let innerDerivative = factor() * (1 + 3 * S(0.044715) * x * x)
    return (1 + bend) / 2 + x * (1 - bend * bend) * innerDerivative / 2
  }

  private func factor<S: FloatingScalar>() -> S { S((2 / Double.pi).squareRoot()) }
  private func inner<S: FloatingScalar>(_ x: S) -> S { factor() * (x + S(0.044715) * x * x * x) }
}

extension Tensor {
  /// x·Φ(x) for each element, with Φ the normal distribution.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.GELU.html>
  public func gelu(
    approximate: GELUApproximation = .none, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    return switch approximate {
    case .none: try apply(Unary(.gelu, GELUFunction()), to: [self], at: location)
    case .tanh: try apply(Unary(.gelu, TanhGELUFunction()), to: [self], at: location)
    }
  }
}
