import Localization

extension OperatorInfo {
  /// The greatest element.
  package static let max = OperatorInfo(
    "max", Sentence("y = the greatest element"), Sentence("g goes to the greatest, evenly among equals"),
    cells: .extremum,
    reasons: .selection,
    samples: GradientSample([3, 4]) { try $0[0].max() },
    GradientSample([3, 4]) { try $0[0].max(dim: 1).values })

  /// The least element.
  package static let min = OperatorInfo(
    "min", Sentence("y = the least element"), Sentence("g goes to the least, evenly among equals"),
    cells: .extremum,
    reasons: .selection,
    samples: GradientSample([3, 4]) { try $0[0].min() },
    GradientSample([3, 4]) { try $0[0].min(dim: 0, keepDim: true).values })

  /// The greatest element over several dimensions.
  package static let amax = OperatorInfo(
    "amax", Sentence("y = the greatest element over some dimensions"),
    Sentence("g goes to the greatest, evenly among equals"),
    cells: .extremum, reasons: .selection,
    samples: GradientSample([3, 4]) { try $0[0].amax(dim: 1) })

  /// The least element over several dimensions.
  package static let amin = OperatorInfo(
    "amin", Sentence("y = the least element over some dimensions"),
    Sentence("g goes to the least, evenly among equals"),
    cells: .extremum, reasons: .selection,
    samples: GradientSample([3, 4]) { try $0[0].amin(dims: [0, 1]) })
}

/// The greatest or least element over some dimensions; the gradient is shared evenly among equals.
struct Extremum: ReducingOperator {
  /// `max`, `min`, `amax` or `amin`.
  let info: OperatorInfo
  let dimensions: ReducedDimensions
  let isGreatest: Bool

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let x = inputs[0]
    let (kept, output) = try dimensions.shapes(for: x.shape, in: call)
    guard x.elementCount > 0 || kept.elementCount == 0 else {
      throw call.shapeError(
        inputs, expected: localized("one element or more in the dimensions it looks through"))
    }
    let pool = call.context.pool
    let values = x.dtype == .bool ? Kernels.convert(x, to: .int64, pool: pool) : x
    let result = Tensor.empty(kept, values.dtype, pool: pool)
    switch values.dtype {
    case .float32: Kernels.extremum(values, result, isGreatest, Float.self)
    case .float64: Kernels.extremum(values, result, isGreatest, Double.self)
    case .int64, .bool: Kernels.extremum(values, result, isGreatest, Int64.self)
    }
    return Kernels.convert(result, to: x.dtype, pool: pool).viewed(as: output)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let (x, pool) = (node.inputs[0], call.context.pool)
    let (kept, _) = try dimensions.shapes(for: x.shape, in: call)
    let output = try node.savedOutput().viewed(as: kept)
    let isWhole = info === OperatorInfo.max || info === OperatorInfo.min
    let match = MatchFunction(matchesNaN: isWhole)
    let isExtreme = match.map(x, output, shape: x.shape, pool: pool)
    let count = Kernels.sum(isExtreme, to: kept, pool: pool)
    let share = DivideFunction().map(call.packed(upstream).viewed(as: kept), count, shape: kept, pool: pool)
    return [
      isWhole
        ? SelectFunction().map(isExtreme, share, shape: x.shape, pool: pool)
        : MultiplyFunction().map(isExtreme, share, shape: x.shape, pool: pool)
    ]
  }
}

/// 1 where a equals b, else 0; whether NaN equals NaN differs between PyTorch's `max` and `amax`.
private struct MatchFunction: BinaryFunction {
  let matchesNaN: Bool
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S {
    a == b || (matchesNaN && a.isNaN && b.isNaN) ? 1 : 0
  }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 0 }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { 0 }
}

/// b where a is not 0, else 0: PyTorch's `max` gives 0 to the others even of a gradient that is NaN, `amax` does not.
private struct SelectFunction: BinaryFunction {
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { a == 0 ? 0 : b }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 0 }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { a == 0 ? 0 : 1 }
}

extension Kernels {
  /// The greatest or least element of what each element of `result` stands for; NaN if there is one.
  static func extremum<S: NumericScalar>(
    _ x: Tensor, _ result: Tensor, _ isGreatest: Bool, _ type: S.Type
  ) {
    let (values, target) = (x.pointer(S.self), result.pointer(S.self))
    let length = rowLength(x.shape)
    let targetStrides = result.shape.broadcastStrides(result.strides, to: x.shape)
    // First every result gets an element of its own, then each is compared.
    for isFirstPass in [true, false] {
      forEachRow(x.shape, x.strides, targetStrides) { offset, step, targetOffset, targetStep in
        let (row, target) = (values + offset, target + targetOffset)
        for index in 0..<length {
          let (next, place) = (row[index * step], index * targetStep)
          if isFirstPass || next != next || (isGreatest ? next > target[place] : next < target[place]) {
            if isFirstPass || target[place] == target[place] { target[place] = next }
          }
        }
      }
    }
  }
}

extension Tensor {
  /// The greatest element; the gradient is shared evenly among equals.
  ///
  /// **Shapes**: any but empty → `[]`. **Source**: <https://pytorch.org/docs/stable/generated/torch.max.html>
  public func max(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try extremum(.max, [], false, true, SourceLocation(file: file, line: line))
  }

  /// The least element; the gradient is shared evenly among equals.
  ///
  /// **Shapes**: any but empty → `[]`. **Source**: <https://pytorch.org/docs/stable/generated/torch.min.html>
  public func min(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try extremum(.min, [], false, false, SourceLocation(file: file, line: line))
  }

  /// The greatest element over some dimensions; the gradient is shared evenly among equals.
  ///
  /// **Shapes**: `[a, b]` over 1 → `[a]`, or `[a, 1]` with `keepDim`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.amax.html>
  public func amax(
    dims: [Int] = [], keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try extremum(.amax, dims, keepDim, true, SourceLocation(file: file, line: line))
  }

  /// The greatest element over one dimension, as ``amax(dims:keepDim:file:line:)``.
  public func amax(
    dim: Int, keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try extremum(.amax, [dim], keepDim, true, SourceLocation(file: file, line: line))
  }

  /// The least element over some dimensions; the gradient is shared evenly among equals.
  ///
  /// **Shapes**: `[a, b]` over 1 → `[a]`, or `[a, 1]` with `keepDim`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.amin.html>
  public func amin(
    dims: [Int] = [], keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try extremum(.amin, dims, keepDim, false, SourceLocation(file: file, line: line))
  }

  /// The least element over one dimension, as ``amin(dims:keepDim:file:line:)``.
  public func amin(
    dim: Int, keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try extremum(.amin, [dim], keepDim, false, SourceLocation(file: file, line: line))
  }

  private func extremum(
    _ info: OperatorInfo, _ dims: [Int], _ keepDim: Bool, _ isGreatest: Bool, _ location: SourceLocation
  ) throws -> Tensor {
    let dimensions = ReducedDimensions(dims, keepDim: keepDim)
    return try apply(
      Extremum(info: info, dimensions: dimensions, isGreatest: isGreatest), to: [self], at: location)
  }
}

extension Extremum: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    call.reduction(to: dimensions).map { spread in
      .extreme(isGreatest, of: spread.copies(of: cell), in: call)
    }
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    call.reduction(to: dimensions).map { spread in
      let kept = spread.source(of: cell)
      let values = spread.copies(of: kept).map { call.inputs[0].number(at: $0) }
      let extreme = isGreatest ? values.max() : values.min()
      let equals = values.count { $0 == extreme }
      let isChosen = call.inputs[0].number(at: cell) == extreme
      let words = isGreatest ? "[%1 = max]" : "[%1 = min]"
      return .slope(words, upstream: kept, [.input(0, cell)], blocks: true) { _ in
        isChosen ? 1 / Double(equals) : 0
      }
    }
  }
}

extension CellExpression {
  /// The greatest or least of some cells of the first input, which is named.
  static func extreme(_ isGreatest: Bool, of cells: [Int], in call: CellCall) -> CellExpression {
    func number(_ cell: Int) -> Double { call.inputs[0].number(at: cell) }
    let best =
      cells.first { number($0).isNaN }
      ?? (isGreatest ? cells.max { number($0) < number($1) } : cells.min { number($0) < number($1) })
    let name = isGreatest ? "max" : "min"
    let words = cells.count > 1 ? "\(name)(…, %1, …)" : "\(name)(%1)"
    return .call(CellFunction(words) { $0[0] }, [.cell(.input(0, best ?? 0))])
  }
}
