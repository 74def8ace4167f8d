import Localization

/// How a quotient is rounded to a whole number.
public enum DivisionRounding: String, Sendable, CaseIterable {
  /// Towards zero, as Swift divides integers.
  case trunc
  /// Down, as Python's `//`.
  case floor
}

extension Tensor {
  /// The sum of each pair of elements: a + alpha·b.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.add.html>
  public func add(
    _ other: Tensor, alpha: Double = 1, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let scaled = try scaled(other, alpha, Call(.add, at: location))
    return try apply(Binary(.add, AddFunction()), to: [self, scaled], at: location)
  }

  /// The difference of each pair of elements: a − alpha·b.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.sub.html>
  public func sub(
    _ other: Tensor, alpha: Double = 1, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.sub, at: location)
    guard dtype != .bool, other.dtype != .bool else {
      throw call.typeError(
        [self, other], expected: localized("tensors of numbers: to invert a mask compare it with .== 0"))
    }
    let scaled = try scaled(other, alpha, call)
    return try apply(Binary(.sub, SubtractFunction()), to: [self, scaled], at: location)
  }

  /// `other` times `alpha` in the type of the result, where whole numbers stay whole.
  private func scaled(_ other: Tensor, _ alpha: Double, _ call: Call) throws -> Tensor {
    if alpha == 1 { return other }
    let (file, line) = (call.location.fileID, call.location.lineNumber)
    let type = DType.promoting(self, other)
    if type.isFloatingPoint {
      return try other.to(type, file: file, line: line).mul(alpha, file: file, line: line)
    }
    guard let alpha = Int(exactly: alpha) else {
      throw call.argumentError(
        "alpha", alpha, expected: localized("a whole number for tensors of whole numbers"))
    }
    return try other.mul(other.scalar(alpha), file: file, line: line).to(type, file: file, line: line)
  }

  /// The product of each pair of elements: a × b.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.mul.html>
  public func mul(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(
      Binary(.mul, MultiplyFunction()), to: [self, other], at: SourceLocation(file: file, line: line))
  }

  /// The quotient of each pair of elements: a ÷ b; of integers too it is a float.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.div.html>
  public func div(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Binary(.div, DivideFunction()), to: [self, other], at: SourceLocation(file: file, line: line))
  }

  /// The quotient of each pair of elements rounded to a whole number; integers stay integers. Its gradient is 0.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.div.html>
  public func div(
    _ other: Tensor, rounding: DivisionRounding, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let (call, type) = (Call(.div, at: location), DType.promoting(self, other))
    guard type != .bool else {
      throw call.typeError([self, other], expected: localized("a tensor of numbers"))
    }
    if type == .int64, other.integers().contains(0) {
      throw call.argumentError("divisor", 0, expected: localized("whole numbers other than 0"))
    }
    return try apply(
      Binary(.div, RoundedDivideFunction(rounding: rounding)), to: [self, other], at: location)
  }

  /// The negative of each element: −x.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.neg.html>
  public func neg(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    guard dtype != .bool else {
      throw Call(.neg, at: location)
        .typeError([self], expected: localized("a tensor of numbers: to invert a mask compare it with .== 0"))
    }
    guard dtype.isFloatingPoint else { return try mul(scalar(-1), file: file, line: line) }
    return try apply(Unary(.neg, NegateFunction()), to: [self], at: location)
  }

  /// The sum of each pair of elements, as ``add(_:alpha:file:line:)``.
  ///
  /// An operator cannot know its caller's line: its errors name this file.
  public static func + (left: Tensor, right: Tensor) throws -> Tensor { try left.add(right) }
  /// The difference of each pair of elements, as ``sub(_:alpha:file:line:)``.
  public static func - (left: Tensor, right: Tensor) throws -> Tensor { try left.sub(right) }
  /// The product of each pair of elements, as ``mul(_:file:line:)``.
  public static func * (left: Tensor, right: Tensor) throws -> Tensor { try left.mul(right) }
  /// The quotient of each pair of elements, as ``div(_:file:line:)``.
  public static func / (left: Tensor, right: Tensor) throws -> Tensor { try left.div(right) }
  /// The negative of each element, as ``neg(file:line:)``.
  public static prefix func - (operand: Tensor) throws -> Tensor { try operand.neg() }
}
