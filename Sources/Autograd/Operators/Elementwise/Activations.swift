import CKernels
import Localization

extension OperatorInfo {
  /// The rectifier.
  package static let relu = OperatorInfo(
    "relu", "y = max(0, x)", Sentence("∂x = g where x > 0, else 0"), cells: .elementwise,
    reasons: DefectReasons(
      zero: Sentence("relu is 0 where its input is not above 0"),
      blocked: Sentence("relu passes gradient only where its input is above 0")),
    guide: OperatorGuide {
      GuideLines(["\($0.a) = np.maximum(0, \($0.z))"], pytorch: "x = F.relu(x)")
    } backward: {
      GuideLines(["d\($0.z) = d\($0.a) * (\($0.z) > 0)"], pytorch: "loss.backward()")
    },
    samples: GradientSample([2, 3]) { try $0[0].relu() })

  /// The rectifier that lets a share of negative inputs through.
  package static let leakyReLU = OperatorInfo(
    "leaky_relu", Sentence("y = x where x > 0, else slope·x"), Sentence("∂x = g where x > 0, else slope·g"),
    cells: .elementwise,
    samples: GradientSample([2, 3]) { try $0[0].leakyReLU(negativeSlope: 0.2) })

  /// The logistic function.
  package static let sigmoid = OperatorInfo(
    "sigmoid", "y = 1 ÷ (1 + e⁻ˣ)", "∂x = g × y·(1 − y)", cells: .elementwise,
    samples: GradientSample([2, 3]) { try $0[0].sigmoid() })

  /// The hyperbolic tangent.
  package static let tanh = OperatorInfo(
    "tanh", "y = tanh x", "∂x = g × (1 − y²)", cells: .elementwise,
    samples: GradientSample([2, 3]) { try $0[0].tanh() })
}

/// max(0, x); its derivative at 0 is 0, as in PyTorch.
struct ReLUFunction: UnaryFunction {
  let formula: String? = "max(0, %1)"
  let slope: String? = "[%1 > 0]"
  let saved: SavedValues = .output
  let integers = IntegerRule.map(takesBools: false) { max($0, 0) }
  // A comparison with x on its left keeps NaN: max(0, NaN) would be 0.
  func value<S: FloatingScalar>(_ x: S) -> S { x < 0 ? 0 : x }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { y <= 0 ? 0 : 1 }
  func gradient<S: FloatingScalar>(_ upstream: S, _ x: S, _ y: S) -> S { y <= 0 ? 0 : upstream }

  func map(_ x: Tensor, pool: StoragePool?) -> Tensor {
    let x = x.packed(pool: pool)
    let result = Tensor.empty(x.shape, x.dtype, pool: pool)
    let (source, target) = (x.elements, result.elements)
    withExtendedLifetime((x, result)) {
      ParallelLoop.run(x.elementCount, unit: ParallelLoop.page) {
        ReLUFunction.write(source, into: target, $0)
      }
    }
    return result
  }

  func mapGradient(upstream: Tensor, x: Tensor, y: Tensor, pool: StoragePool?) -> Tensor {
    let (upstream, y) = (upstream.packed(pool: pool), y.packed(pool: pool))
    let result = Tensor.empty(y.shape, y.dtype, pool: pool)
    let (incoming, output, target) = (upstream.elements, y.elements, result.elements)
    withExtendedLifetime((upstream, y, result)) {
      ParallelLoop.run(y.elementCount, unit: ParallelLoop.page) {
        ReLUFunction.writeGradient(incoming, output, into: target, $0)
      }
    }
    return result
  }

  /// Writes max(0, x) for a range of elements, into memory that may be that of x.
  static func write(_ x: Tensor.Elements, into result: Tensor.Elements, _ range: Range<Int>) {
    let (start, count) = (range.lowerBound, range.count)
    switch (x, result) {
    case (.float32(let x), .float32(let result)): tapedeck_relu_float(count, x + start, result + start)
    case (.float64(let x), .float64(let result)): tapedeck_relu_double(count, x + start, result + start)
    default: break
    }
  }

  private static func writeGradient(
    _ upstream: Tensor.Elements, _ y: Tensor.Elements, into result: Tensor.Elements, _ range: Range<Int>
  ) {
    let (start, count) = (range.lowerBound, range.count)
    switch (upstream, y, result) {
    case (.float32(let upstream), .float32(let y), .float32(let result)):
      tapedeck_relu_gradient_float(count, upstream + start, y + start, result + start)
    case (.float64(let upstream), .float64(let y), .float64(let result)):
      tapedeck_relu_gradient_double(count, upstream + start, y + start, result + start)
    default: break
    }
  }
}

/// 1 ÷ (1 + e⁻ˣ).
struct SigmoidFunction: UnaryFunction {
  let formula: String? = "1 ÷ (1 + exp(−%1))"
  let slope: String? = "σ(%1)·(1 − σ(%1))"
  let saved: SavedValues = .output
  func value<S: FloatingScalar>(_ x: S) -> S { S.sigmoid(x) }
  func values<S: FloatingScalar>(_ count: Int, _ x: UnsafePointer<S>, _ result: UnsafeMutablePointer<S>) {
    S.sigmoid(count, x, result)
  }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { y * (1 - y) }
}

/// (eˣ − e⁻ˣ) ÷ (eˣ + e⁻ˣ).
struct TanhFunction: UnaryFunction {
  let formula: String? = "tanh(%1)"
  let slope: String? = "(1 − tanh²(%1))"
  let saved: SavedValues = .output
  func value<S: FloatingScalar>(_ x: S) -> S { S.tanh(x) }
  func values<S: FloatingScalar>(_ count: Int, _ x: UnsafePointer<S>, _ result: UnsafeMutablePointer<S>) {
    S.tanh(count, x, result)
  }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { 1 - y * y }
}

/// x where it is positive, else slope·x.
struct LeakyReLUFunction: UnaryFunction {
  var formula: String? { "%1 \(localized("where above 0, else")) \(CellExpression.plain(negativeSlope))·%1" }
  var slope: String? { "[%1 > 0, else \(CellExpression.plain(negativeSlope))]" }
  let saved: SavedValues = .inputs
  let integers = IntegerRule.refuse
  let negativeSlope: Double
  func value<S: FloatingScalar>(_ x: S) -> S { x > 0 ? x : x * S(negativeSlope) }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { x > 0 ? 1 : S(negativeSlope) }
}

extension Tensor {
  /// max(0, x) for each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html>
  public func relu(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(.relu, ReLUFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// 1 ÷ (1 + e⁻ˣ) for each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.sigmoid.html>
  public func sigmoid(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(.sigmoid, SigmoidFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The hyperbolic tangent of each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.tanh.html>
  public func tanh(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(.tanh, TanhFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// x where it is positive, else `negativeSlope`·x.
  ///
  /// **Shapes**: any → the same.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html>
  public func leakyReLU(
    negativeSlope: Double = 0.01, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(
      Unary(.leakyReLU, LeakyReLUFunction(negativeSlope: negativeSlope)), to: [self],
      at: SourceLocation(file: file, line: line))
  }
}
