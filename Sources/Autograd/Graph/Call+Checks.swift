import Localization

/// The checks that many operators make of their inputs and options.
extension Call {
  /// The tensor itself, or in float32 where it is of integers or booleans.
  func floating(_ tensor: Tensor) -> Tensor {
    tensor.dtype.isFloatingPoint ? tensor : Kernels.convert(tensor, to: .float32, pool: context.pool)
  }

  /// The tensor itself; throws where it is not of floating-point numbers.
  func checkedFloating(_ tensor: Tensor) throws -> Tensor {
    guard tensor.dtype.isFloatingPoint else {
      throw typeError([tensor], expected: localized("a floating-point tensor: convert it with to(.float32)"))
    }
    return tensor
  }

  /// The shape that two inputs broadcast to; throws where there is none, or no memory for it.
  func broadcast(_ left: Shape, _ right: Shape, _ dtype: DType, _ inputs: [Tensor]) throws -> Shape {
    guard let shape = Shape.broadcast(left, right) else {
      throw shapeError(
        inputs, expected: localized("sizes that agree or are 1, counted from the last dimension"))
    }
    try checkFits(shape, dtype, inputs)
    return shape
  }

  /// Throws where a result of that shape would not fit into memory.
  func checkFits(_ shape: Shape, _ dtype: DType, _ inputs: [Tensor]) throws {
    guard shape.isPossible(for: dtype) else {
      throw shapeError(inputs, expected: localized("shapes whose result, \(shape), fits into memory"))
    }
  }

  /// The dimension that `dim` names, counted from the end when negative.
  func dimension(_ dim: Int, of shape: Shape, option name: String = "dim") throws -> Int {
    if let dimension = shape.dimension(dim) { return dimension }
    let rank = max(shape.rank, 1)
    throw argumentError(
      name, dim,
      expected: localized("a dimension from \(-rank) to \(rank - 1) for a tensor of shape \(shape)"))
  }

  /// Throws where a label or an index is not from 0 to below `bound`, unless it is `exception`.
  func checkElements(
    of indices: Tensor, _ name: String, below bound: Int, but exception: Int64? = nil, expected: String
  ) throws {
    let packed = packed(indices)
    let outlier = withExtendedLifetime(packed) {
      let values = packed.values(Int64.self)
      return values.firstIndex { ($0 < 0 || $0 >= bound) && $0 != exception }.map { ($0, values[$0]) }
    }
    guard let (place, value) = outlier else { return }
    throw elementError(name, Int(value), at: place, in: indices.shape, expected: expected)
  }

  /// Throws unless all inputs are floating-point tensors of one type.
  func checkOneFloatingType(_ inputs: [Tensor]) throws {
    guard let dtype = inputs.first?.dtype, dtype.isFloatingPoint, inputs.allSatisfy({ $0.dtype == dtype })
    else {
      throw typeError(
        inputs, expected: localized("floating-point tensors of one type: convert one with to(_:)"))
    }
  }
}

extension DType {
  /// The type of a result of two tensors, as PyTorch promotes them.
  ///
  /// Floats win over integers, and integers over booleans. Within a kind the wider type wins, but a scalar
  /// does not widen a tensor that has dimensions.
  /// Source: <https://pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc>
  package static func promoting(_ left: Tensor, _ right: Tensor) -> DType {
    if left.dtype == right.dtype { return left.dtype }
    if left.dtype.kind == right.dtype.kind, (left.rank == 0) != (right.rank == 0) {
      return left.rank == 0 ? right.dtype : left.dtype
    }
    return promoting(left.dtype, right.dtype)
  }

  /// 0 for booleans, 1 for integers, 2 for floats.
  private var kind: Int {
    switch self {
    case .bool: 0
    case .int64: 1
    case .float32, .float64: 2
    }
  }
}
