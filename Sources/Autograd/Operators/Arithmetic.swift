/// a + b.
struct AddFunction: BinaryFunction {
  let name = "add"
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a + b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 1 }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { 1 }
}

/// a − b.
struct SubtractFunction: BinaryFunction {
  let name = "sub"
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a - b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 1 }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { -1 }
}

/// a × b.
struct MultiplyFunction: BinaryFunction {
  let name = "mul"
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a * b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { b }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { a }
}

/// a ÷ b.
struct DivideFunction: BinaryFunction {
  let name = "div"
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a / b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 1 / b }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { -a / (b * b) }
}

extension Tensor {
  /// The sum of each pair of elements.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.add.html>
  public func add(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Binary(AddFunction()), to: [self, other], at: SourceLocation(file: file, line: line))
  }

  /// The difference of each pair of elements.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.sub.html>
  public func sub(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Binary(SubtractFunction()), to: [self, other], at: SourceLocation(file: file, line: line))
  }

  /// The product of each pair of elements.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.mul.html>
  public func mul(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Binary(MultiplyFunction()), to: [self, other], at: SourceLocation(file: file, line: line))
  }

  /// The quotient of each pair of elements.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.div.html>
  public func div(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Binary(DivideFunction()), to: [self, other], at: SourceLocation(file: file, line: line))
  }

  /// The sum of each pair of elements, as ``add(_:file:line:)``.
  ///
  /// An operator sign cannot know its caller's line: an error from it names this file.
  public static func + (left: Tensor, right: Tensor) throws -> Tensor { try left.add(right) }
  /// The difference of each pair of elements, as ``sub(_:file:line:)``.
  public static func - (left: Tensor, right: Tensor) throws -> Tensor { try left.sub(right) }
  /// The product of each pair of elements, as ``mul(_:file:line:)``.
  public static func * (left: Tensor, right: Tensor) throws -> Tensor { try left.mul(right) }
  /// The quotient of each pair of elements, as ``div(_:file:line:)``.
  public static func / (left: Tensor, right: Tensor) throws -> Tensor { try left.div(right) }
}
