/// Operators that compute one cell from many.
extension CellRule {
  /// A sum or a mean.
  static let total = reduced(.products) { _ in [] }

  /// A number that depends on all cells.
  static let statistic = reduced(.mixture) { $0 }

  /// The greatest cell or the least.
  static let extremum = reduced(.choice) { $0 }

  /// A reduction; `read` says which of the cells reduced its gradient reads.
  private static func reduced(
    _ kind: CellOperands.Kind, _ read: @escaping @Sendable ([Int]) -> [Int]
  ) -> CellRule {
    CellRule { call, cell in
      spread(call).map { CellOperands(kind, $0.copies(of: cell).map { .input(0, $0) }) }
    } gradient: { call, _, cell in
      spread(call).map { spread in
        let kept = spread.source(of: cell)
        let places = [.upstream(kept)] + read(spread.copies(of: kept)).map { CellPlace.input(0, $0) }
        return CellOperands(kind == .products ? .products : .mixture, places)
      }
    }
  }

  private static func spread(_ call: CellCall) -> Spread? {
    (call.operation as? any ReducingOperator).flatMap { call.reduction(to: $0.dimensions) }
  }
}

/// An operator that reduces some dimensions.
protocol ReducingOperator: Operator {
  var dimensions: ReducedDimensions { get }
}
