import Localization

extension OperatorInfo {
  /// A range of a dimension with a step.
  package static let slice = OperatorInfo(
    "slice", Sentence("y = x[start:end:step] in one dimension"),
    Sentence("∂x = g at those places, 0 elsewhere"), cells: .moved,
    samples: GradientSample([3, 5]) { try $0[0].slice(dim: 1, start: 1, step: 2) })

  /// A range of a dimension.
  package static let narrow = OperatorInfo(
    "narrow", Sentence("y = a range of one dimension"), Sentence("∂x = g at those places, 0 elsewhere"),
    cells: .moved,
    samples: GradientSample([3, 5]) { try $0[0].narrow(dim: 1, start: -3, length: 2) })

  /// One index of a dimension.
  package static let select = OperatorInfo(
    "select", Sentence("y = one index of one dimension"), Sentence("∂x = g at that index, 0 elsewhere"),
    cells: .moved,
    samples: GradientSample([3, 5]) { try $0[0].select(dim: 1, index: -1) })
}

/// Every `step`-th element of a dimension, sharing memory; the gradient is 0 elsewhere.
struct Slice: Operator {
  /// `slice`, `narrow` or `select`.
  let info: OperatorInfo
  let dim: Int
  let start: Int
  let count: Int
  let step: Int
  /// Whether the dimension is left out of the result, as for a single index.
  let dropsDim: Bool
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor { view(of: inputs[0]) }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let result = call.empty(node.inputs[0].shape, upstream.dtype)
    result.fillStorage(with: 0)
    Kernels.write(upstream, through: view(of: result), pool: call.context.pool)
    return [result]
  }

  private func view(of x: Tensor) -> Tensor {
    var (shape, strides) = (x.shape, x.strides)
    let offset = x.offset + (count > 0 ? start * strides[dim] : 0)
    shape[dim] = count
    strides[dim] *= step
    if dropsDim { (shape, strides) = (shape.removing(at: dim), strides.removing(at: dim)) }
    return Tensor(storage: x.storage, shape: shape, strides: strides, offset: offset)
  }
}

extension Tensor {
  /// The elements from `start` up to but not including `end` of a dimension, every `step`-th.
  ///
  /// Bounds count from the end when negative and are cut to the dimension, as in Python's `x[start:end:step]`.
  /// **Shapes**: `[a, b]` in dimension 1 → `[a, ⌈(end − start) ÷ step⌉]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.slice_copy.html>
  public func slice(
    dim: Int = 0, start: Int = 0, end: Int = .max, step: Int = 1, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.slice, at: location)
    let index = try dimensionOfMany(dim, call)
    guard step > 0 else { throw call.argumentError("step", step, expected: localized("1 or more")) }
    let size = shape[index]
    func bound(_ value: Int) -> Int { Swift.min(Swift.max(value < 0 ? value + size : value, 0), size) }
    let (first, last) = (bound(start), bound(end))
    let count = last > first ? (last - first - 1) / step + 1 : 0
    return try apply(
      // One place is as far from the next as any: a step beyond all bounds would overflow.
      Slice(
        info: .slice, dim: index, start: first, count: count, step: count > 1 ? step : 1, dropsDim: false),
      to: [self],
      at: location)
  }

  /// `length` elements of a dimension from `start`.
  ///
  /// **Shapes**: `[a, b]` in dimension 1 → `[a, length]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.narrow.html>
  public func narrow(
    dim: Int, start: Int, length: Int, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.narrow, at: location)
    let index = try dimensionOfMany(dim, call)
    let size = shape[index]
    guard start >= -size, start <= size else {
      throw call.argumentError("start", start, expected: localized("a place from \(-size) to \(size)"))
    }
    let first = start < 0 ? start + size : start
    guard length >= 0, length <= size - first else {
      throw call.argumentError(
        "length", length, expected: localized("0 to \(size - first) elements from \(first)"))
    }
    return try apply(
      Slice(info: .narrow, dim: index, start: first, count: length, step: 1, dropsDim: false), to: [self],
      at: location)
  }

  /// One index of a dimension, which is left out of the result; NumPy's `x[index]`.
  ///
  /// **Shapes**: `[a, b]` in dimension 0 → `[b]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.select.html>
  public func select(
    dim: Int, index: Int, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.select, at: location)
    let dimension = try dimensionOfMany(dim, call)
    let size = shape[dimension]
    guard index >= -size, index < size else {
      throw call.argumentError(
        "index", index,
        expected: size == 0
          ? localized("no index, because the dimension is empty") : localized("\(-size) to \(size - 1)"))
    }
    return try apply(
      Slice(
        info: .select, dim: dimension, start: index < 0 ? index + size : index, count: 1, step: 1,
        dropsDim: true), to: [self], at: location)
  }

  /// The dimension that `dim` names, of a tensor that is not a scalar.
  private func dimensionOfMany(_ dim: Int, _ call: Call) throws -> Int {
    guard rank > 0 else { throw call.shapeError([self], expected: localized("at least one dimension")) }
    return try call.dimension(dim, of: shape)
  }
}
