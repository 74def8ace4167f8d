/// Losses: of each row of scores, or of each pair of cells, and then perhaps summed or averaged.
extension CellRule {
  /// A loss of rows of scores: all of a cross-entropy's row, and the label's score of a negative log-likelihood.
  static let classLoss = CellRule { call, cell in
    let lanes = classes(call)
    let rows = isReduced(call) ? Array(0..<lanes.count) : [cell]
    return CellReading(.mixture, rows.flatMap { read(call, lanes, $0) })
  } gradient: { call, input, cell in
    guard input == 0 else { return nil }
    let lanes = classes(call)
    let row = lanes.lane(of: cell)
    let places = read(call, lanes, row)
    // Of a row whose label is to be ignored, and of scores that the loss does not read, nothing comes back.
    guard places.contains(.input(0, cell)) else { return CellReading(.mixture, [] as [CellTerm]) }
    let scores = call.operation is CrossEntropy ? places : places.filter { $0.source != .input(0) }
    return CellReading(.mixture, [.upstream(isReduced(call) ? 0 : row)] + scores)
  }

  /// A loss of pairs of cells.
  static let pairwiseLoss = CellRule { call, cell in
    let pairs = pairs(call)
    let cells = isReduced(call) ? Array(0..<pairs.elementCount) : [cell]
    return CellReading(.mixture, cells.flatMap { read(call, pairs, $0) })
  } gradient: { call, input, cell in
    let pairs = pairs(call)
    let places = Spread(call.shape(input), in: pairs).copies(of: cell).flatMap { copy in
      [.upstream(isReduced(call) ? 0 : copy)] + read(call, pairs, copy)
    }
    return CellReading(.mixture, places)
  }

  /// Whether all losses are made one number; where there is only one that makes no difference.
  private static func isReduced(_ call: CellCall) -> Bool { call.output.rank == 0 }

  private static func classes(_ call: CellCall) -> Lanes {
    Lanes(call.shape(0), min(1, call.shape(0).rank - 1))
  }

  private static func read(_ call: CellCall, _ lanes: Lanes, _ row: Int) -> [CellPlace] {
    let (cells, label) = (lanes.cells(of: row), Int(exactly: call.inputs[1].number(at: row)) ?? -1)
    // A row whose label is to be ignored has no part in the loss.
    guard cells.indices.contains(label), label != ignoreIndex(call) else { return [] }
    let weights = call.inputs.count > 2 ? (0..<lanes.length).map { CellPlace.input(2, $0) } : []
    return (call.operation is CrossEntropy ? cells : [cells[label]]).map { .input(0, $0) } + weights
  }

  private static func ignoreIndex(_ call: CellCall) -> Int? {
    (call.operation as? CrossEntropy)?.ignoreIndex ?? (call.operation as? NegativeLogLikelihood)?.ignoreIndex
  }

  private static func pairs(_ call: CellCall) -> Shape {
    Shape.broadcast(call.shape(0), call.shape(1)) ?? call.shape(0)
  }

  private static func read(_ call: CellCall, _ pairs: Shape, _ cell: Int) -> [CellPlace] {
    (0..<2).map { .input($0, Spread(call.shape($0), in: pairs).source(of: cell)) }
  }
}
