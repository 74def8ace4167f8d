/// A function of one number with its derivative, from which an elementwise operator is made.
package protocol UnaryFunction {
  /// The operator's name in PyTorch.
  var name: String { get }
  /// y = f(x).
  func value<S: FloatingScalar>(_ x: S) -> S
  /// dy/dx, at x with y = f(x).
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S
}

/// A function of two numbers with its partial derivatives, from which a broadcasting operator is made.
package protocol BinaryFunction {
  /// The operator's name in PyTorch.
  var name: String { get }
  /// y = f(a, b).
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S
  /// ∂y/∂a.
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S
  /// ∂y/∂b.
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S
}

extension Kernels {
  /// y = f(x) for each element.
  static func unary(_ function: some UnaryFunction, _ x: Tensor, pool: StoragePool?) -> Tensor {
    let x = x.packed(pool: pool)
    let result = Tensor.empty(x.shape, x.dtype, pool: pool)
    func run<S: FloatingScalar>(_ type: S.Type) {
      let source = x.pointer(S.self)
      let target = result.pointer(S.self)
      for index in 0..<x.elementCount { target[index] = function.value(source[index]) }
    }
    if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    return result
  }

  /// upstream × dy/dx for each element.
  static func unaryGradient(
    _ function: some UnaryFunction, upstream: Tensor, x: Tensor, y: Tensor, pool: StoragePool?
  ) -> Tensor {
    let (upstream, x, y) = (upstream.packed(pool: pool), x.packed(pool: pool), y.packed(pool: pool))
    let result = Tensor.empty(x.shape, x.dtype, pool: pool)
    func run<S: FloatingScalar>(_ type: S.Type) {
      let (gradient, input, output) = (upstream.pointer(S.self), x.pointer(S.self), y.pointer(S.self))
      let target = result.pointer(S.self)
      for index in 0..<x.elementCount {
        target[index] = gradient[index] * function.derivative(input[index], output[index])
      }
    }
    if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    return result
  }

  /// y = f(a, b) for each pair of elements, both repeated to `shape` where they are smaller.
  static func binary(
    _ function: some BinaryFunction, _ a: Tensor, _ b: Tensor, shape: Shape, pool: StoragePool?
  ) -> Tensor {
    let result = Tensor.empty(shape, a.dtype, pool: pool)
    if a.dtype == .float32 {
      zip(a, b, result, Float.self) { function.value($0, $1) }
    } else {
      zip(a, b, result, Double.self) { function.value($0, $1) }
    }
    return result
  }

  /// ∂y/∂a for each pair of elements.
  static func binaryDerivativeOfFirst(
    _ function: some BinaryFunction, _ a: Tensor, _ b: Tensor, shape: Shape, pool: StoragePool?
  ) -> Tensor {
    let result = Tensor.empty(shape, a.dtype, pool: pool)
    if a.dtype == .float32 {
      zip(a, b, result, Float.self) { function.derivativeOfFirst($0, $1) }
    } else {
      zip(a, b, result, Double.self) { function.derivativeOfFirst($0, $1) }
    }
    return result
  }

  /// ∂y/∂b for each pair of elements.
  static func binaryDerivativeOfSecond(
    _ function: some BinaryFunction, _ a: Tensor, _ b: Tensor, shape: Shape, pool: StoragePool?
  ) -> Tensor {
    let result = Tensor.empty(shape, a.dtype, pool: pool)
    if a.dtype == .float32 {
      zip(a, b, result, Float.self) { function.derivativeOfSecond($0, $1) }
    } else {
      zip(a, b, result, Double.self) { function.derivativeOfSecond($0, $1) }
    }
    return result
  }

  /// Writes `combine(a, b)` for each pair of elements of two views, repeated to the result's shape.
  @inline(__always)
  static func zip<S: Scalar, R: Scalar>(
    _ a: Tensor, _ b: Tensor, _ result: Tensor, _ type: S.Type, _ combine: (S, S) -> R
  ) {
    let (left, right, target) = (a.pointer(S.self), b.pointer(S.self), result.pointer(R.self))
    let shape = result.shape
    let count = shape.elementCount
    if a.shape == shape, b.shape == shape, a.isContiguous, b.isContiguous {
      for index in 0..<count { target[index] = combine(left[index], right[index]) }
      return
    }
    let length = rowLength(shape)
    let leftStrides = a.shape.broadcastStrides(a.strides, to: shape)
    let rightStrides = b.shape.broadcastStrides(b.strides, to: shape)
    var written = 0
    forEachRow(shape, leftStrides, rightStrides) { leftOffset, leftStep, rightOffset, rightStep in
      let (left, right, target) = (left + leftOffset, right + rightOffset, target + written)
      switch (leftStep, rightStep) {
      case (1, 1): for index in 0..<length { target[index] = combine(left[index], right[index]) }
      case (1, 0): for index in 0..<length { target[index] = combine(left[index], right[0]) }
      case (0, 1): for index in 0..<length { target[index] = combine(left[0], right[index]) }
      default:
        for index in 0..<length { target[index] = combine(left[index * leftStep], right[index * rightStep]) }
      }
      written += length
    }
  }
}
