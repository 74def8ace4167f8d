import Localization

extension OperatorInfo {
  /// Without dimensions of size 1.
  package static let squeeze = OperatorInfo(
    "squeeze", Sentence("y = x without dimensions of size 1"), Sentence("∂x = g in x's shape"), cells: .same,
    samples: GradientSample([2, 1, 3]) { try $0[0].squeeze() })

  /// With a new dimension of size 1.
  package static let unsqueeze = OperatorInfo(
    "unsqueeze", Sentence("y = x with a new dimension of size 1"), Sentence("∂x = g in x's shape"),
    cells: .same,
    samples: GradientSample([2, 3]) { try $0[0].unsqueeze(dim: -2) })
}

extension Tensor {
  /// Without its dimensions of size 1, or without `dim` where that has size 1.
  ///
  /// **Shapes**: `[a, 1, b]` → `[a, b]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.squeeze.html>
  public func squeeze(dim: Int? = nil, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.squeeze, at: location)
    let dims = try dim.map { [try call.dimension($0, of: shape)] } ?? Array(0..<rank)
    return try apply(Reshape(info: .squeeze, target: squeezed(dims)), to: [self], at: location)
  }

  /// Without those of the dimensions `dims` that have size 1.
  ///
  /// **Shapes**: `[1, a, 1]` of `[0, 1]` → `[a, 1]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.squeeze.html>
  public func squeeze(dims: [Int], file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.squeeze, at: location)
    let dims = try dims.map { try call.dimension($0, of: shape) }
    return try apply(Reshape(info: .squeeze, target: squeezed(dims)), to: [self], at: location)
  }

  private func squeezed(_ dims: [Int]) -> Shape {
    Shape(shape.indices.filter { shape[$0] != 1 || !dims.contains($0) }.map { shape[$0] })
  }

  /// With a new dimension of size 1 at `dim`, which counts from the end of the result when negative.
  ///
  /// **Shapes**: `[a, b]` at 1 → `[a, 1, b]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.unsqueeze.html>
  public func unsqueeze(dim: Int, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.unsqueeze, at: location)
    guard dim >= -rank - 1, dim <= rank else {
      throw call.argumentError(
        "dim", dim,
        expected: localized("a dimension from \(-rank - 1) to \(rank) for a tensor of shape \(shape)"))
    }
    guard rank < Shape.maximumRank else {
      throw call.shapeError([self], expected: localized("at most \(Shape.maximumRank - 1) dimensions"))
    }
    let target = shape.inserting(1, at: dim < 0 ? dim + rank + 1 : dim)
    return try apply(Reshape(info: .unsqueeze, target: target), to: [self], at: location)
  }
}
