import Localization

/// The inputs of a loss over class labels, laid out as one row of classes for each label.
struct ClassTargets {
  /// The scores, `[rows, classes]`, contiguous.
  let scores: Tensor
  /// The labels, `[rows]`, contiguous.
  var labels: UnsafeMutableBufferPointer<Int64> { labelTensor.values(Int64.self) }
  private let labelTensor: Tensor
  private let shape: Shape

  var rows: Int { scores.shape[0] }
  var classes: Int { scores.shape[1] }

  /// The rows of `inputs`: scores, labels, and perhaps a weight for each class.
  init(_ inputs: [Tensor], in call: Call) {
    shape = inputs[0].shape
    labelTensor = call.packed(inputs[1])
    scores = ClassTargets.rows(inputs[0], in: call)
  }

  /// `tensor`, laid out as the scores are, with its classes last.
  static func rows(_ tensor: Tensor, in call: Call) -> Tensor {
    if tensor.rank == 2 { return call.packed(tensor) }
    let classDim = min(1, tensor.rank - 1)
    return call.packed(tensor.permuted(Shape(order(tensor.rank, classDim)))).matrix
  }

  /// A gradient in rows, back in the shape of the scores.
  func restored(_ rows: Tensor) -> Tensor {
    if shape.rank == 2 { return rows }
    let order = Shape(ClassTargets.order(shape.rank, min(1, shape.rank - 1)))
    var permuted = shape
    var inverse = order
    for (position, dimension) in order.enumerated() {
      permuted[position] = shape[dimension]
      inverse[dimension] = position
    }
    return rows.viewed(as: permuted).permuted(inverse)
  }

  private static func order(_ rank: Int, _ classDim: Int) -> [Int] {
    (0..<rank).filter { $0 != classDim } + [classDim]
  }

  /// Throws unless scores, labels and weights fit, and every label is a class or `ignoreIndex`.
  static func check(_ inputs: [Tensor], ignoreIndex: Int, _ call: Call) throws {
    let (scores, labels) = (inputs[0], inputs[1])
    guard scores.rank >= 1, labels.shape == scores.shape.removing(at: min(1, scores.rank - 1)) else {
      throw call.shapeError(inputs, expected: localized("logits [batch, classes] and labels [batch]"))
    }
    guard scores.dtype.isFloatingPoint, labels.dtype == .int64 else {
      throw call.typeError(inputs, expected: localized("floating-point logits and int64 labels"))
    }
    let classes = scores.shape[min(1, scores.rank - 1)]
    if inputs.count > 2 {
      guard inputs[2].shape == [classes], inputs[2].dtype == scores.dtype else {
        throw call.shapeError(
          inputs, expected: localized("a weight for each class, [\(classes)], of the logits' type"))
      }
    }
    try call.checkElements(
      of: labels, localized("label"), below: classes, but: Int64(ignoreIndex),
      expected: localized("a class from 0 to \(classes - 1)"))
  }
}

/// A loss of rows of scores with a label each.
protocol ClassLoss: ReducingLoss {
  /// The label of rows that do not count.
  var ignoreIndex: Int { get }
  /// Whether it reads all scores of a row, or the label's alone.
  var readsEveryScore: Bool { get }
}

extension CellRule {
  /// A loss of rows of scores: it reads all of a row, or the label's score alone.
  static let classLoss = CellRule { call, cell in
    let lanes = classes(call)
    let rows = isReduced(call) ? Array(0..<lanes.count) : [cell]
    return CellOperands(.mixture, rows.flatMap { read(call, lanes, $0) })
  } gradient: { call, input, cell in
    guard input == 0 else { return nil }
    let lanes = classes(call)
    let row = lanes.lane(of: cell)
    let places = read(call, lanes, row)
    // A row whose label is ignored gets 0 times its softmax; a score that the loss does not read gets nothing.
    guard places.contains(.input(0, cell)) else {
      return CellOperands(.mixture, readsEveryScore(call) ? lanes.cells(of: row).map { .input(0, $0) } : [])
    }
    let scores = readsEveryScore(call) ? places : places.filter { $0.source != .input(0) }
    return CellOperands(.mixture, [.upstream(isReduced(call) ? 0 : row)] + scores)
  }

  /// Whether all losses are made one number; where there is only one that makes no difference.
  private static func isReduced(_ call: CellCall) -> Bool { call.output.rank == 0 }

  private static func readsEveryScore(_ call: CellCall) -> Bool {
    (call.operation as? any ClassLoss)?.readsEveryScore ?? true
  }

  private static func classes(_ call: CellCall) -> Lanes {
    Lanes(call.shape(0), min(1, call.shape(0).rank - 1))
  }

  private static func read(_ call: CellCall, _ lanes: Lanes, _ row: Int) -> [CellPlace] {
    let (cells, label) = (lanes.cells(of: row), Int(exactly: call.inputs[1].number(at: row)) ?? -1)
    // A row whose label is ignored does not count in the loss.
    guard cells.indices.contains(label), label != (call.operation as? any ClassLoss)?.ignoreIndex else {
      return []
    }
    let weights = call.inputs.count > 2 ? (0..<lanes.length).map { CellPlace.input(2, $0) } : []
    return (readsEveryScore(call) ? cells : [cells[label]]).map { .input(0, $0) } + weights
  }
}

extension ClassLoss {
  /// The rows whose label counts, with the label's cell and the weight of its class.
  func countedRows(_ call: CellCall) -> [(row: Int, cell: Int, weight: Double)] {
    let lanes = Lanes(call.shape(0), min(1, call.shape(0).rank - 1))
    return (0..<lanes.count).compactMap { row in
      let label = Int(exactly: call.inputs[1].number(at: row)) ?? -1
      guard label != ignoreIndex, (0..<lanes.length).contains(label) else { return nil }
      return (row, lanes.cells(of: row)[label], classWeight(label, call))
    }
  }

  /// The weight of a class.
  func classWeight(_ index: Int, _ call: CellCall) -> Double {
    call.inputs.count > 2 ? call.inputs[2].number(at: index) : 1
  }

  /// The losses of rows reduced to a cell of the output: the one of its row, or all of them.
  func work(
    of cell: Int, in call: CellCall, reduction: Reduction, loss: @escaping (Int, Int) -> CellExpression
  ) -> CellExpression {
    let rows = countedRows(call)
    func weighted(_ place: Int) -> CellExpression {
      let loss = loss(rows[place].row, rows[place].cell)
      return rows[place].weight == 1 ? loss : .constant(rows[place].weight) * loss
    }
    if reduction == .none {
      return rows.firstIndex { $0.row == cell }.map(weighted) ?? .constant(0)
    }
    let total = rows.reduce(0) { $0 + $1.weight }
    return .reduced(by: reduction, .total(rows.count, weighted), count: total)
  }

  /// The gradient that a row's loss passes to a cell of the scores, where `derivative` is the row's own.
  func work(
    ofGradient cell: Int, in call: CellCall, reduction: Reduction, derivative: CellExpression
  ) -> CellExpression {
    let lanes = Lanes(call.shape(0), min(1, call.shape(0).rank - 1))
    let upstream = CellExpression.cell(.upstream(reduction == .none ? lanes.lane(of: cell) : 0))
    let total = countedRows(call).reduce(0) { $0 + $1.weight }
    return .reduced(by: reduction, upstream * derivative, count: total)
  }
}
