extension Tensor {
  /// Without its dimensions of size 1, or without `dim` where that has size 1.
  ///
  /// **Shapes**: `[a, 1, b]` → `[a, b]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.squeeze.html>
  public func squeeze(dim: Int? = nil, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(operatorName: "squeeze", location: location, context: .current)
    var target = Shape(shape.filter { $0 != 1 })
    if let dim {
      let index = try call.dimension(dim, of: shape)
      target = index < rank && shape[index] == 1 ? shape.removing(at: index) : shape
    }
    return try apply(Reshape(name: "squeeze", target: target), to: [self], at: location)
  }

  /// With a new dimension of size 1 at `dim`, which counts from the end of the result when negative.
  ///
  /// **Shapes**: `[a, b]` at 1 → `[a, 1, b]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.unsqueeze.html>
  public func unsqueeze(dim: Int, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(operatorName: "unsqueeze", location: location, context: .current)
    guard dim >= -rank - 1, dim <= rank else {
      throw call.argumentError(
        "dim", dim, expected: "a dimension from \(-rank - 1) to \(rank) for a tensor of shape \(shape)")
    }
    guard rank < Shape.maximumRank else {
      throw call.shapeError([self], expected: "at most \(Shape.maximumRank - 1) dimensions")
    }
    let target = shape.inserting(1, at: dim < 0 ? dim + rank + 1 : dim)
    return try apply(Reshape(name: "unsqueeze", target: target), to: [self], at: location)
  }
}
