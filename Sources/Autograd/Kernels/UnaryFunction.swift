/// A function of one number with its derivative, from which an elementwise operator is made.
package protocol UnaryFunction {
  /// Which of x and y the derivative reads.
  var saved: SavedValues { get }
  /// What it makes of whole numbers.
  var integers: IntegerRule { get }
  /// y as it is written out for a cell, with `%1` for x; nil where the operator's name says it.
  var formula: String? { get }
  /// dy/dx as it is written out for a cell.
  var slope: String? { get }
  /// y = f(x).
  func value<S: FloatingScalar>(_ x: S) -> S
  /// dy/dx, at x with y = f(x).
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S
  /// y = f(x) for each of `count` numbers; a function replaces it that has a loop of its own.
  func values<S: FloatingScalar>(_ count: Int, _ x: UnsafePointer<S>, _ result: UnsafeMutablePointer<S>)
  /// upstream × dy/dx; functions that block the gradient give 0 even where upstream is infinite.
  func gradient<S: FloatingScalar>(_ upstream: S, _ x: S, _ y: S) -> S

  /// y = f(x) for each element.
  ///
  /// A requirement with one implementation: so the compiler makes a loop for each function, also where it is called
  /// through `any Operator`.
  func map(_ x: Tensor, pool: StoragePool?) -> Tensor
  /// upstream × dy/dx for each element; a requirement for the same reason.
  func mapGradient(upstream: Tensor, x: Tensor, y: Tensor, pool: StoragePool?) -> Tensor
}

/// What a function of floating-point numbers does with whole ones, as in PyTorch.
package enum IntegerRule {
  /// It computes in float32.
  case convert
  /// It takes none.
  case refuse
  /// It gives whole numbers; bools are refused, or count as 0 and 1.
  case map(takesBools: Bool, @Sendable (Int64) -> Int64)
}

extension UnaryFunction {
  package var saved: SavedValues { [.inputs, .output] }
  package var integers: IntegerRule { .convert }
  package var formula: String? { nil }
  package var slope: String? { nil }

  package func values<S: FloatingScalar>(
    _ count: Int, _ x: UnsafePointer<S>, _ result: UnsafeMutablePointer<S>
  ) {
    for index in 0..<count { result[index] = value(x[index]) }
  }

  package func gradient<S: FloatingScalar>(_ upstream: S, _ x: S, _ y: S) -> S {
    upstream * derivative(x, y)
  }

  package func map(_ x: Tensor, pool: StoragePool?) -> Tensor {
    let x = x.packed(pool: pool)
    let result = Tensor.empty(x.shape, x.dtype, pool: pool)
    if x.dtype == .float32 {
      values(x.elementCount, x.pointer(Float.self), result.pointer(Float.self))
    } else {
      values(x.elementCount, x.pointer(Double.self), result.pointer(Double.self))
    }
    return result
  }

  package func mapGradient(upstream: Tensor, x: Tensor, y: Tensor, pool: StoragePool?) -> Tensor {
    let (upstream, x, y) = (upstream.packed(pool: pool), x.packed(pool: pool), y.packed(pool: pool))
    let result = Tensor.empty(x.shape, x.dtype, pool: pool)
    if x.dtype == .float32 {
      mapGradient(upstream, x, y, result, Float.self)
    } else {
      mapGradient(upstream, x, y, result, Double.self)
    }
    return result
  }

  @inline(__always)
  private func mapGradient<S: FloatingScalar>(
    _ upstream: Tensor, _ x: Tensor, _ y: Tensor, _ result: Tensor, _ type: S.Type
  ) {
    let (incoming, input, output) = (upstream.pointer(S.self), x.pointer(S.self), y.pointer(S.self))
    let target = result.pointer(S.self)
    for index in 0..<x.elementCount {
      target[index] = gradient(incoming[index], input[index], output[index])
    }
  }
}
