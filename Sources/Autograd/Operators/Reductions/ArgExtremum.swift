import Localization

extension OperatorInfo {
  /// The index of the greatest element.
  package static let argmax = OperatorInfo(
    "argmax", Sentence("y = the index of the greatest element, the first of equals"), cells: .index)
  /// The index of the least element.
  package static let argmin = OperatorInfo(
    "argmin", Sentence("y = the index of the least element, the first of equals"), cells: .index)
}

/// Where the greatest or least element of each lane is, the first of equals; it has no gradient.
struct ArgExtremum: Operator {
  let dim: Int
  let keepDim: Bool
  let isGreatest: Bool
  var info: OperatorInfo { isGreatest ? .argmax : .argmin }
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let x = inputs[0]
    let index = try call.dimension(dim, of: x.shape)
    let lanes = Lanes(x.shape, index)
    guard lanes.length > 0 else {
      throw call.shapeError(inputs, expected: localized("one element or more in dimension \(index)"))
    }
    var shape = x.shape
    if x.rank > 0 { shape = keepDim ? shape.replacing(index, by: 1) : shape.removing(at: index) }
    let result = call.empty(shape, .int64)
    let values = call.packed(x)
    switch x.dtype {
    case .float32: Kernels.argExtremum(values, lanes, isGreatest, result, Float.self)
    case .float64: Kernels.argExtremum(values, lanes, isGreatest, result, Double.self)
    case .int64: Kernels.argExtremum(values, lanes, isGreatest, result, Int64.self)
    case .bool:
      let integers = Kernels.convert(values, to: .int64, pool: call.context.pool)
      Kernels.argExtremum(integers, lanes, isGreatest, result, Int64.self)
    }
    return result
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] { [nil] }
}

extension Shape {
  /// The shape with another size at one dimension.
  func replacing(_ index: Int, by size: Int) -> Shape {
    var result = self
    result[index] = size
    return result
  }
}

extension Kernels {
  /// The place of each lane's greatest or least element, the first of equals; NaN counts as most extreme.
  static func argExtremum<S: NumericScalar>(
    _ x: Tensor, _ lanes: Lanes, _ isGreatest: Bool, _ result: Tensor, _ type: S.Type
  ) {
    let (values, target) = (x.pointer(S.self), result.pointer(Int64.self))
    lanes.visit { lane, start in
      var best = 0
      var extreme = values[start]
      for index in 1..<Swift.max(lanes.length, 1) where extreme == extreme {
        let next = values[start + index * lanes.inner]
        if next != next || (isGreatest ? next > extreme : next < extreme) {
          (best, extreme) = (index, next)
        }
      }
      target[lane] = Int64(best)
    }
  }
}

extension Tensor {
  /// The place of the greatest element along a dimension, the first of equals; over all in row-major order
  /// where none is named.
  ///
  /// **Shapes**: `[a, b]` along 1 → int64 `[a]`, or `[a, 1]` with `keepDim`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.argmax.html>
  public func argmax(
    dim: Int? = nil, keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try argExtremum(dim, keepDim, true, SourceLocation(file: file, line: line))
  }

  /// The place of the least element, as ``argmax(dim:keepDim:file:line:)``.
  ///
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.argmin.html>
  public func argmin(
    dim: Int? = nil, keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try argExtremum(dim, keepDim, false, SourceLocation(file: file, line: line))
  }

  /// The greatest element along a dimension, and where it is; the gradient goes to that place alone.
  ///
  /// **Shapes**: `[a, b]` along 1 → values and int64 indices `[a]`, or `[a, 1]` with `keepDim`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.max.html>
  public func max(
    dim: Int, keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> (values: Tensor, indices: Tensor) {
    try extremum(.max, dim, keepDim, true, SourceLocation(file: file, line: line))
  }

  /// The least element along a dimension, and where it is; as ``max(dim:keepDim:file:line:)``.
  ///
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.min.html>
  public func min(
    dim: Int, keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> (values: Tensor, indices: Tensor) {
    try extremum(.min, dim, keepDim, false, SourceLocation(file: file, line: line))
  }

  private func argExtremum(
    _ dim: Int?, _ keepDim: Bool, _ isGreatest: Bool, _ location: SourceLocation
  ) throws -> Tensor {
    guard dtype != .bool else {
      throw Call(isGreatest ? .argmax : .argmin, at: location)
        .typeError([self], expected: localized("a tensor of numbers: convert it with to(.int64)"))
    }
    guard let dim else {
      let flat = packed(pool: ExecutionContext.current.pool).viewed(as: [elementCount])
      let operation = ArgExtremum(dim: 0, keepDim: false, isGreatest: isGreatest)
      let place = try apply(operation, to: [flat], at: location)
      return keepDim ? place.viewed(as: Shape(repeatElement(1, count: rank))) : place
    }
    let operation = ArgExtremum(dim: dim, keepDim: keepDim, isGreatest: isGreatest)
    return try apply(operation, to: [self], at: location)
  }

  private func extremum(
    _ info: OperatorInfo, _ dim: Int, _ keepDim: Bool, _ isGreatest: Bool, _ location: SourceLocation
  ) throws -> (values: Tensor, indices: Tensor) {
    let call = Call(info, at: location)
    let find = ArgExtremum(dim: dim, keepDim: true, isGreatest: isGreatest)
    let places = try find.forward([self], in: call)
    let index = try call.dimension(dim, of: shape)
    let output = rank == 0 || keepDim ? places.shape : places.shape.removing(at: index)
    let pick = Pick(info: info, dim: index, places: places, version: places.version, output: output)
    let values = try apply(pick, to: [self], at: location)
    return (values, places.viewed(as: output))
  }
}

/// The element of each lane at a known place; the gradient goes there alone.
struct Pick: ReducingOperator {
  /// `max` or `min`.
  let info: OperatorInfo
  let dim: Int
  /// Where to pick, with size 1 in dimension `dim`.
  let places: Tensor
  /// The version of `places` when they were found: the user has them too, and may change them.
  let version: Int
  let output: Shape
  var dimensions: ReducedDimensions { ReducedDimensions([dim], keepDim: false) }
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try Gather(dim: dim).forward([inputs[0], places], in: call).viewed(as: output)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    guard places.version == version else {
      throw AutogradError.changedInPlace(
        operator: info.name, shapes: [output], location: call.location)
    }
    let result = call.empty(node.inputs[0].shape, upstream.dtype)
    result.fillStorage(with: 0)
    let incoming = call.packed(upstream)
    if upstream.dtype == .float32 {
      Kernels.addGathered(incoming, places, dim, result, Float.self)
    } else {
      Kernels.addGathered(incoming, places, dim, result, Double.self)
    }
    return [result]
  }
}

extension CellRule {
  /// Where the greatest cell is, or the least: any may be it.
  static let index = CellRule { call, _ in
    CellOperands(.mixture, (0..<call.shape(0).elementCount).map { .input(0, $0) })
  }
}

extension ArgExtremum: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    guard let dimension = call.shape(0).dimension(dim) else { return nil }
    let cells = Lanes(call.shape(0), dimension).cells(of: cell)
    var best = 0
    for (place, cell) in cells.enumerated() {
      let (next, extreme) = (call.inputs[0].number(at: cell), call.inputs[0].number(at: cells[best]))
      if !extreme.isNaN, next.isNaN || (isGreatest ? next > extreme : next < extreme) { best = place }
    }
    let index = Double(best)
    let words = (isGreatest ? localized("index of the greatest") : localized("index of the least")) + ", %1"
    return .call(CellFunction(words) { _ in index }, [.cell(.input(0, cells.isEmpty ? 0 : cells[best]))])
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? { nil }
}

extension Pick: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    let picked = Gather.origin(of: cell, at: places, dim: dim, in: call.shape(0))
    let name = info === OperatorInfo.max ? "max" : "min"
    return picked.map { .call(CellFunction("\(name)(…, %1, …)") { $0[0] }, [.cell(.input(0, $0))]) }
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    call.reduction(to: dimensions).map { spread in
      let kept = spread.source(of: cell)
      let isChosen = Gather.origin(of: kept, at: places, dim: dim, in: call.shape(0)) == cell
      let words = info === OperatorInfo.max ? "[%1 = max]" : "[%1 = min]"
      return .slope(words, upstream: kept, [.input(0, cell)], blocks: true) { _ in isChosen ? 1 : 0 }
    }
  }
}

extension Gather {
  /// The cell of the source that one of the places picks; the places have size 1 in the dimension.
  fileprivate static func origin(of cell: Int, at places: Tensor, dim: Int, in shape: Shape) -> Int? {
    guard let dimension = shape.dimension(dim) else { return nil }
    let cells = Lanes(shape, dimension).cells(of: cell)
    let place = Int(places.number(at: cell))
    return cells.indices.contains(place) ? cells[place] : nil
  }
}
