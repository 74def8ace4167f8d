/// Operators whose cells are independent of each other, except for broadcasting.
extension CellRule {
  /// A function of one cell.
  static let elementwise = CellRule { _, cell in
    CellOperands(.function, [.input(0, cell)])
  } gradient: { _, _, cell in
    CellOperands(.function, [.upstream(cell), .input(0, cell)])
  }

  /// A sum of two cells, or their difference.
  static let sum = CellRule { call, cell in
    CellOperands(.products, sources(call, cell))
  } gradient: { call, input, cell in
    CellOperands(.products, call.spread(input).copies(of: cell).map { .upstream($0) })
  }

  /// A product of two cells.
  static let product = CellRule(factors: 2) { call, cell in
    let places = sources(call, cell)
    return CellOperands(.products, [CellTerm(places[0], places[1])])
  } gradient: { call, input, cell in
    let other = call.spread(1 - input)
    let terms = call.spread(input).copies(of: cell).map {
      CellTerm(.upstream($0), .input(1 - input, other.source(of: $0)))
    }
    return CellOperands(.products, terms)
  }

  /// A quotient, which is 0 where the first cell is.
  static let quotient = pair(.function)

  /// The greater or the lesser of two cells.
  static let greaterOrLesser = pair(.choice)

  /// A function of two cells, whose gradients depend on both.
  static func pair(_ kind: CellOperands.Kind) -> CellRule {
    CellRule { call, cell in
      CellOperands(kind, sources(call, cell))
    } gradient: { call, input, cell in
      let terms = call.spread(input).copies(of: cell).flatMap { copy in
        [CellTerm(.upstream(copy))] + sources(call, copy).map { CellTerm($0) }
      }
      return CellOperands(.mixture, terms)
    }
  }

  static func sources(_ call: CellCall, _ cell: Int) -> [CellPlace] {
    call.inputs.indices.map { .input($0, call.spread($0).source(of: cell)) }
  }

}
