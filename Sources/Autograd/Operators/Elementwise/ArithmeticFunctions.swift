/// a + b.
struct AddFunction: BinaryFunction {
  let name = "add"
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
  let name = "sub"
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
  let name = "mul"
  let integers: (@Sendable (Int64, Int64) -> Int64)? = { $0 &* $1 }
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a * b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { b }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { a }
}

/// a ÷ b.
struct DivideFunction: BinaryFunction {
  let name = "div"
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a / b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 1 / b }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { -(a / b) / b }
}

/// −x.
struct NegateFunction: UnaryFunction {
  let name = "neg"
  let saved: SavedValues = []
  func value<S: FloatingScalar>(_ x: S) -> S { -x }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { -1 }
}
