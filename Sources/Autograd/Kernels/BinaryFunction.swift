/// A function of two numbers with its partial derivatives, from which a broadcasting operator is made.
package protocol BinaryFunction {
  /// Which values the derivatives read.
  var saved: SavedValues { get }
  /// y as it is written out for a cell, with `%1` for a and `%2` for b; nil where the operator's name says it.
  var formula: String? { get }
  /// ∂y/∂a and ∂y/∂b as they are written out for a cell.
  var slopes: (String, String)? { get }
  /// y = f(a, b).
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S
  /// ∂y/∂a.
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S
  /// ∂y/∂b.
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S
  /// upstream × ∂y/∂a; a function replaces it where the derivative alone would leave the range of the type.
  func gradientOfFirst<S: FloatingScalar>(_ upstream: S, _ a: S, _ b: S) -> S
  /// upstream × ∂y/∂b.
  func gradientOfSecond<S: FloatingScalar>(_ upstream: S, _ a: S, _ b: S) -> S
  /// y = f(a, b) for integers, wrapping where it overflows; nil where integers are computed as floats.
  var integers: (@Sendable (Int64, Int64) -> Int64)? { get }

  /// y = f(a, b) for each pair of elements, both repeated to `shape` where they are smaller.
  ///
  /// A requirement with one implementation: so the compiler makes a loop for each function, also where it is called
  /// through `any Operator`.
  func map(_ a: Tensor, _ b: Tensor, shape: Shape, pool: StoragePool?) -> Tensor
  /// upstream × ∂y/∂a for each element, in upstream's shape.
  func mapGradientOfFirst(upstream: Tensor, _ a: Tensor, _ b: Tensor, pool: StoragePool?) -> Tensor
  /// upstream × ∂y/∂b for each element, in upstream's shape.
  func mapGradientOfSecond(upstream: Tensor, _ a: Tensor, _ b: Tensor, pool: StoragePool?) -> Tensor
}

extension BinaryFunction {
  package var saved: SavedValues { .inputs }
  package var formula: String? { nil }
  package var slopes: (String, String)? { nil }
  package var integers: (@Sendable (Int64, Int64) -> Int64)? { nil }

  package func gradientOfFirst<S: FloatingScalar>(_ upstream: S, _ a: S, _ b: S) -> S {
    upstream * derivativeOfFirst(a, b)
  }
  package func gradientOfSecond<S: FloatingScalar>(_ upstream: S, _ a: S, _ b: S) -> S {
    upstream * derivativeOfSecond(a, b)
  }

  package func map(_ a: Tensor, _ b: Tensor, shape: Shape, pool: StoragePool?) -> Tensor {
    let result = Tensor.empty(shape, a.dtype, pool: pool)
    if a.dtype == .float32 {
      Kernels.zip(a, b, result, Float.self) { value($0, $1) }
    } else {
      Kernels.zip(a, b, result, Double.self) { value($0, $1) }
    }
    return result
  }

  package func mapGradientOfFirst(upstream: Tensor, _ a: Tensor, _ b: Tensor, pool: StoragePool?) -> Tensor {
    if upstream.dtype == .float32 {
      weighted(upstream, a, b, pool, Float.self) { gradientOfFirst($0, $1, $2) }
    } else {
      weighted(upstream, a, b, pool, Double.self) { gradientOfFirst($0, $1, $2) }
    }
  }

  package func mapGradientOfSecond(
    upstream: Tensor, _ a: Tensor, _ b: Tensor, pool: StoragePool?
  ) -> Tensor {
    if upstream.dtype == .float32 {
      weighted(upstream, a, b, pool, Float.self) { gradientOfSecond($0, $1, $2) }
    } else {
      weighted(upstream, a, b, pool, Double.self) { gradientOfSecond($0, $1, $2) }
    }
  }

  /// gradient(upstream, a, b) for each element.
  @inline(__always)
  private func weighted<S: FloatingScalar>(
    _ upstream: Tensor, _ a: Tensor, _ b: Tensor, _ pool: StoragePool?, _ type: S.Type,
    _ gradient: (S, S, S) -> S
  ) -> Tensor {
    let result = Tensor.empty(upstream.shape, upstream.dtype, pool: pool)
    let upstream = upstream.packed(pool: pool)
    let (a, b) = (repeated(a, result.shape, pool), repeated(b, result.shape, pool))
    let (left, right) = (a.pointer(S.self), b.pointer(S.self))
    let (incoming, target) = (upstream.pointer(S.self), result.pointer(S.self))
    let (leftStep, rightStep) = (a.elementCount == 1 ? 0 : 1, b.elementCount == 1 ? 0 : 1)
    let count = result.elementCount
    if leftStep == 1, rightStep == 1 {
      for index in 0..<count { target[index] = gradient(incoming[index], left[index], right[index]) }
    } else {
      for index in 0..<count {
        target[index] = gradient(incoming[index], left[index * leftStep], right[index * rightStep])
      }
    }
    return result
  }

  /// `x` in row-major order, repeated to `shape` unless it is one number.
  private func repeated(_ x: Tensor, _ shape: Shape, _ pool: StoragePool?) -> Tensor {
    x.elementCount == 1 ? x : x.expanded(to: shape).packed(pool: pool)
  }
}
