/// Operators whose cells have nothing to do with each other, but for broadcasting.
extension CellRule {
  /// A function of one cell.
  static let elementwise = CellRule { _, cell in
    CellReading(.function, [.input(0, cell)])
  } gradient: { _, _, cell in
    CellReading(.function, [.upstream(cell), .input(0, cell)])
  }

  /// A sum of two cells, or their difference.
  static let sum = CellRule { call, cell in
    CellReading(.products, sources(call, cell))
  } gradient: { call, input, cell in
    CellReading(.products, call.spread(input).copies(of: cell).map { .upstream($0) })
  }

  /// A product of two cells.
  static let product = CellRule { call, cell in
    let places = sources(call, cell)
    return CellReading(.products, [CellTerm(places[0], places[1])])
  } gradient: { call, input, cell in
    let other = call.spread(1 - input)
    let terms = call.spread(input).copies(of: cell).map {
      CellTerm(.upstream($0), .input(1 - input, other.source(of: $0)))
    }
    return CellReading(.products, terms)
  }

  /// A quotient, which is 0 where the first cell is.
  static let quotient = pair(.function)

  /// A power, by a number or cell by cell.
  static let power = CellRule { call, cell in
    CellReading(.function, sources(call, cell))
  } gradient: { call, input, cell in
    call.inputs.count == 1
      ? elementwise.gradient(call, input, cell) : pair(.function).gradient(call, input, cell)
  }

  /// The greater of two cells, or the lesser.
  static let greaterOrLesser = pair(.choice)

  /// A comparison, which has no gradient.
  static let comparison = CellRule { call, cell in CellReading(.mixture, sources(call, cell)) }

  /// The cell that the condition chooses.
  static let chosen = CellRule { call, cell in
    let isFirst = picks(call, cell)
    return CellReading(.function, [.input(isFirst ? 1 : 2, call.spread(isFirst ? 1 : 2).source(of: cell))])
  } gradient: { call, input, cell in
    guard input > 0 else { return nil }
    let copies = call.spread(input).copies(of: cell).filter { picks(call, $0) == (input == 1) }
    return CellReading(.products, copies.map { .upstream($0) })
  }

  /// Two cells, in whose gradient both have a part.
  private static func pair(_ kind: CellReading.Kind) -> CellRule {
    CellRule { call, cell in
      CellReading(kind, sources(call, cell))
    } gradient: { call, input, cell in
      let terms = call.spread(input).copies(of: cell).flatMap { copy in
        [CellTerm(.upstream(copy))] + sources(call, copy).map { CellTerm($0) }
      }
      return CellReading(.mixture, terms)
    }
  }

  private static func sources(_ call: CellCall, _ cell: Int) -> [CellPlace] {
    call.inputs.indices.map { .input($0, call.spread($0).source(of: cell)) }
  }

  private static func picks(_ call: CellCall, _ cell: Int) -> Bool {
    call.inputs[0].number(at: call.spread(0).source(of: cell)) != 0
  }
}
