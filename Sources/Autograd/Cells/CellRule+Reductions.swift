/// Operators that make one cell of many.
extension CellRule {
  /// A sum or a mean.
  static let total = reduced(.products) { _ in [] }

  /// A number that all cells have a part in.
  static let statistic = reduced(.mixture) { $0 }

  /// The greatest cell or the least.
  static let extremum = reduced(.choice) { $0 }

  /// Where the greatest cell is, or the least: any may be it.
  static let place = CellRule { call, _ in
    CellReading(.mixture, (0..<call.shape(0).elementCount).map { .input(0, $0) })
  }

  /// A softmax, whose cells depend on all others of their lane.
  static let lane = CellRule { call, cell in
    lanes(call).map { lanes in
      CellReading(.mixture, lanes.cells(of: lanes.lane(of: cell)).map { .input(0, $0) })
    }
  } gradient: { call, _, cell in
    lanes(call).map { lanes in
      let cells = lanes.cells(of: lanes.lane(of: cell))
      return CellReading(.mixture, cells.map { .upstream($0) } + cells.map { .input(0, $0) })
    }
  }

  /// A normalization, whose cells depend on all others of their group.
  static let normalization = CellRule { call, cell in
    guard let operation = call.operation as? Normalize else { return nil }
    let groups = Spread(operation.groups, in: call.output)
    let parameter = Spread(operation.parameters, in: call.output).source(of: cell)
    let group = groups.copies(of: groups.source(of: cell)).map { CellPlace.input(0, $0) }
    return CellReading(.mixture, group + call.inputs.indices.dropFirst().map { .input($0, parameter) })
  } gradient: { call, input, cell in
    guard let operation = call.operation as? Normalize else { return nil }
    let groups = Spread(operation.groups, in: call.output)
    let parameters = Spread(operation.parameters, in: call.output)
    let received = input == 0 ? groups.copies(of: groups.source(of: cell)) : parameters.copies(of: cell)
    let incoming = received.map { CellPlace.upstream($0) }
    switch input {
    case 0:
      let weights =
        call.inputs.count > 1 ? Set(received.map { parameters.source(of: $0) }).sorted() : []
      return CellReading(
        .mixture, incoming + received.map { .input(0, $0) } + weights.map { .input(1, $0) })
    case 1:
      let read = Set(received.map { groups.source(of: $0) }).sorted().flatMap { groups.copies(of: $0) }
      return CellReading(.mixture, incoming + read.map { .input(0, $0) })
    default: return CellReading(.products, incoming)
    }
  }

  /// A reduction; `read` says which of the cells reduced its gradient reads.
  private static func reduced(
    _ kind: CellReading.Kind, _ read: @escaping @Sendable ([Int]) -> [Int]
  ) -> CellRule {
    CellRule { call, cell in
      spread(call).map { CellReading(kind, $0.copies(of: cell).map { .input(0, $0) }) }
    } gradient: { call, _, cell in
      spread(call).map { spread in
        let kept = spread.source(of: cell)
        let places = [.upstream(kept)] + read(spread.copies(of: kept)).map { CellPlace.input(0, $0) }
        return CellReading(kind == .products ? .products : .mixture, places)
      }
    }
  }

  private static func spread(_ call: CellCall) -> Spread? {
    let dimensions: ReducedDimensions? =
      switch call.operation {
      case let operation as Sum: operation.dimensions
      case let operation as Mean: operation.dimensions
      case let operation as Variance: operation.dimensions
      case let operation as Extremum: operation.dimensions
      case let operation as LogSumExp: operation.dimensions
      case let operation as Pick: ReducedDimensions([operation.dim], keepDim: false)
      default: nil
      }
    return dimensions.flatMap { call.reduction(to: $0) }
  }

  private static func lanes(_ call: CellCall) -> Lanes? {
    let dim = (call.operation as? Softmax)?.dim ?? (call.operation as? LogSoftmax)?.dim
    return dim.flatMap { call.shape(0).dimension($0) }.map { Lanes(call.shape(0), $0) }
  }
}
