/// An operator that says itself how a cell is computed, since its operands alone do not tell.
protocol WorkedOperator: Operator {
  /// The arithmetic of a cell of the output.
  func work(of cell: Int, in call: CellCall) -> CellExpression?

  /// The arithmetic of a cell of an input's gradient.
  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression?
}

extension CellCall {
  /// The arithmetic of a cell of the output; nil for an operator of a user's own.
  package func work(of cell: Int) -> CellExpression? {
    if let operation = operation as? any WorkedOperator { return operation.work(of: cell, in: self) }
    return operation.info.cells?.value(self, cell)?.work(isSwapped: false)
  }

  /// The arithmetic of a cell of the gradient that the operation passes to an input; nil where there is none.
  package func work(ofGradient cell: Int, of input: Int) -> CellExpression? {
    if let operation = operation as? any WorkedOperator {
      return operation.work(ofGradient: cell, of: input, in: self)
    }
    // What multiplies the gradient of a right operand stands to its left, as in Xᵀ · dZ.
    return operation.info.cells?.gradient(self, input, cell)?.work(isSwapped: input > 0)
  }
}

extension CellOperands {
  /// The sum of the terms; nil where the cells make the result in another way.
  fileprivate func work(isSwapped: Bool) -> CellExpression? {
    guard kind == .products || terms.count == 1 && terms[0].second == nil else { return nil }
    guard let last = terms.last, last.second == nil, terms.count > 1, terms[0].second != nil else {
      return CellOperands.total(terms, isSwapped)
    }
    // A bias stands behind the products.
    return CellOperands.total(terms.dropLast(), isSwapped) + .cell(last.first)
  }

  private static func total(_ terms: [CellTerm], _ isSwapped: Bool) -> CellExpression {
    .total(terms.count) { place in
      let term = terms[place]
      guard let second = term.second else { return .cell(term.first) }
      return isSwapped ? .cell(second) * .cell(term.first) : .cell(term.first) * .cell(second)
    }
  }
}
