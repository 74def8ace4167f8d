import CKernels

/// max(0, x); its derivative at 0 is 0, as PyTorch has it.
struct ReLUFunction: UnaryFunction {
  let name = "relu"
  let saved: SavedValues = .output
  // A comparison with x on its left keeps NaN: max(0, NaN) would be 0.
  func value<S: FloatingScalar>(_ x: S) -> S { x < 0 ? 0 : x }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { y <= 0 ? 0 : 1 }
  func gradient<S: FloatingScalar>(_ upstream: S, _ x: S, _ y: S) -> S { y <= 0 ? 0 : upstream }

  func map(_ x: Tensor, pool: StoragePool?) -> Tensor {
    let x = x.packed(pool: pool)
    let result = Tensor.empty(x.shape, x.dtype, pool: pool)
    ReLUFunction.write(x, into: result)
    return result
  }

  func mapGradient(upstream: Tensor, x: Tensor, y: Tensor, pool: StoragePool?) -> Tensor {
    let (upstream, y) = (upstream.packed(pool: pool), y.packed(pool: pool))
    let result = Tensor.empty(y.shape, y.dtype, pool: pool)
    if y.dtype == .float32 {
      let (upstream, y, result) = (
        upstream.pointer(Float.self), y.pointer(Float.self), result.pointer(Float.self)
      )
      ParallelLoop.run(x.elementCount) { part in
        tapedeck_relu_gradient_float(
          part.count, upstream + part.lowerBound, y + part.lowerBound, result + part.lowerBound)
      }
    } else {
      tapedeck_relu_gradient_double(
        y.elementCount, upstream.pointer(Double.self), y.pointer(Double.self), result.pointer(Double.self))
    }
    return result
  }

  /// Writes max(0, x) into contiguous memory, which may be that of x.
  static func write(_ x: Tensor, into result: Tensor) {
    if x.dtype == .float32 {
      let (source, target) = (x.pointer(Float.self), result.pointer(Float.self))
      ParallelLoop.run(x.elementCount) { part in
        tapedeck_relu_float(part.count, source + part.lowerBound, target + part.lowerBound)
      }
    } else {
      tapedeck_relu_double(x.elementCount, x.pointer(Double.self), result.pointer(Double.self))
    }
  }
}

/// 1 ÷ (1 + e⁻ˣ), computed so that neither end overflows.
struct SigmoidFunction: UnaryFunction {
  let name = "sigmoid"
  let saved: SavedValues = .output
  func value<S: FloatingScalar>(_ x: S) -> S { SigmoidFunction.sigmoid(x) }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { y * (1 - y) }

  static func sigmoid<S: FloatingScalar>(_ x: S) -> S {
    let small = S.exp(-x.magnitude)
    return x >= 0 ? 1 / (1 + small) : small / (1 + small)
  }
}

/// (eˣ − e⁻ˣ) ÷ (eˣ + e⁻ˣ).
struct TanhFunction: UnaryFunction {
  let name = "tanh"
  let saved: SavedValues = .output
  func value<S: FloatingScalar>(_ x: S) -> S { S.tanh(x) }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { 1 - y * y }
}

/// x where it is positive, else slope·x.
struct LeakyReLUFunction: UnaryFunction {
  let name = "leaky_relu"
  let saved: SavedValues = .inputs
  let slope: Double
  func value<S: FloatingScalar>(_ x: S) -> S { x > 0 ? x : x * S(slope) }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { x > 0 ? 1 : S(slope) }
}

extension Tensor {
  /// max(0, x) for each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html>
  public func relu(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(ReLUFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// 1 ÷ (1 + e⁻ˣ) for each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.sigmoid.html>
  public func sigmoid(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(SigmoidFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The hyperbolic tangent of each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.tanh.html>
  public func tanh(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(TanhFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// x where it is positive, else `negativeSlope`·x.
  ///
  /// **Shapes**: any → the same.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html>
  public func leakyReLU(
    negativeSlope: Double = 0.01, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(
      Unary(LeakyReLUFunction(slope: negativeSlope)), to: [self], at: SourceLocation(file: file, line: line))
  }
}
