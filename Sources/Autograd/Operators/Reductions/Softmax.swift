extension OperatorInfo {
  /// The softmax along a dimension.
  package static let softmax = OperatorInfo(
    "softmax", "y = eˣ ÷ Σ eˣ", "∂x = y × (g − Σ g·y)", cells: .lane,
    samples: GradientSample([3, 4]) { try $0[0].softmax(dim: 1) },
    GradientSample([2, 3, 2]) { try $0[0].softmax(dim: 1) })

  /// The logarithm of the softmax.
  package static let logSoftmax = OperatorInfo(
    "log_softmax", "y = x − ln Σ eˣ", "∂x = g − eʸ × Σ g", cells: .lane,
    samples: GradientSample([3, 4]) { try $0[0].logSoftmax(dim: -1) },
    GradientSample([3, 4]) { try $0[0].logSoftmax(dim: 0) })
}

/// An operator that works along one dimension.
package protocol OperatorAlongDimension: Operator {
  /// The dimension, counted from the end where it is negative.
  var dim: Int { get }
}

/// eˣ ÷ Σ eˣ along a dimension, or its logarithm, less the greatest first so that nothing overflows.
///
/// Its derivative, times upstream: y·(upstream − Σ upstream·y); that of the logarithm: upstream − eʸ·Σ upstream.
struct Softmax: OperatorAlongDimension {
  let dim: Int
  var isLogarithm = false
  var info: OperatorInfo { isLogarithm ? .logSoftmax : .softmax }
  var saved: SavedValues { .output }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let x = call.packed(try call.checkedFloating(inputs[0]))
    return x.dtype == .float32 ? try run(x, in: call, Float.self) : try run(x, in: call, Double.self)
  }

  private func run<S: FloatingScalar>(_ x: Tensor, in call: Call, _ type: S.Type) throws -> Tensor {
    let lanes = Lanes(x.shape, try call.dimension(dim, of: x.shape))
    let result = call.empty(x.shape, x.dtype)
    if isLogarithm {
      Kernels.logSoftmax(x, lanes, result, type)
    } else {
      Kernels.softmax(x, lanes, result, type)
    }
    return result
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let (y, incoming) = (call.packed(try node.savedOutput()), call.packed(upstream))
    return [
      y.dtype == .float32
        ? try gradient(incoming, y, in: call, Float.self) : try gradient(incoming, y, in: call, Double.self)
    ]
  }

  private func gradient<S: FloatingScalar>(
    _ upstream: Tensor, _ y: Tensor, in call: Call, _ type: S.Type
  ) throws -> Tensor {
    let lanes = Lanes(y.shape, try call.dimension(dim, of: y.shape))
    let result = call.empty(y.shape, y.dtype)
    if isLogarithm {
      Kernels.logSoftmaxGradient(upstream, y, lanes, result, type)
    } else {
      Kernels.softmaxGradient(upstream, y, lanes, result, type)
    }
    return result
  }
}

extension Tensor {
  /// eˣ ÷ Σ eˣ along dimension `dim`: numbers from 0 to 1 that add up to 1.
  ///
  /// **Shapes**: any → the same.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html>
  public func softmax(
    dim: Int, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(Softmax(dim: dim), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The logarithm of ``softmax(dim:file:line:)``, computed without taking it.
  ///
  /// **Shapes**: any → the same.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html>
  public func logSoftmax(
    dim: Int, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(Softmax(dim: dim, isLogarithm: true), to: [self], at: SourceLocation(file: file, line: line))
  }
}

extension CellRule {
  /// A softmax, whose cells depend on all others of their lane.
  static let lane = CellRule { call, cell in
    lanes(call).map { lanes in
      CellOperands(.mixture, lanes.cells(of: lanes.lane(of: cell)).map { .input(0, $0) })
    }
  } gradient: { call, _, cell in
    lanes(call).map { lanes in
      let cells = lanes.cells(of: lanes.lane(of: cell))
      return CellOperands(.mixture, cells.map { .upstream($0) } + cells.map { .input(0, $0) })
    }
  }

  private static func lanes(_ call: CellCall) -> Lanes? {
    (call.operation as? Softmax).flatMap { call.shape(0).dimension($0.dim) }
      .map { Lanes(call.shape(0), $0) }
  }
}

extension Softmax: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    cells(with: cell, call).map { cells in
      let (greatest, sum) = CellExpression.exponentials(of: cells, in: call)
      let x = CellExpression.cell(.input(0, cell))
      if isLogarithm {
        return .call(
          CellFunction("%1 − %2 − ln(%3)") { $0[0] - $0[1] - Double.log($0[2]) }, [x, greatest, sum])
      }
      return .call(
        CellFunction("exp(%1 − %2) ÷ %3") { Double.exp($0[0] - $0[1]) / $0[2] }, [x, greatest, sum])
    }
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    cells(with: cell, call).map { cells in
      let scores = cells.map { call.inputs[0].number(at: $0) }
      let shares = Softmax.shares(scores)
      let shareOfCell = Dictionary(zip(cells, shares), uniquingKeysWith: { $1 })
      func share(_ cell: Int) -> CellExpression {
        let value = shareOfCell[cell] ?? 0
        return .call(
          .result(cells.count > 1 ? "softmax(…, %1, …)" : "softmax(%1)") { _ in value },
          [.cell(.input(0, cell))])
      }
      let upstream = CellExpression.cell(.upstream(cell))
      if isLogarithm {
        let sum = CellExpression.total(cells.count) { .cell(.upstream(cells[$0])) }
        return upstream - share(cell) * .named("Σ", sum)
      }
      let sum = CellExpression.total(cells.count) { .cell(.upstream(cells[$0])) * share(cells[$0]) }
      return share(cell) * (upstream - .named("Σ", sum))
    }
  }

  /// Numbers' exponentials as shares of their sum.
  static func shares(_ scores: [Double]) -> [Double] {
    let greatest = scores.max() ?? 0
    let powers = scores.map { Double.exp($0 - greatest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  private func cells(with cell: Int, _ call: CellCall) -> [Int]? {
    call.shape(0).dimension(dim).map {
      let lanes = Lanes(call.shape(0), $0)
      return lanes.cells(of: lanes.lane(of: cell))
    }
  }
}
