/// A cell of one of the tensors that an operation reads.
package struct CellPlace: Hashable, Sendable {
  /// The tensor that has the cell.
  package enum Source: Hashable, Sendable {
    /// One of the operation's inputs, by its place among them.
    case input(Int)
    /// The gradient of the operation's output.
    case upstream
  }

  package let source: Source
  /// The cell's place in row-major order.
  package let cell: Int

  /// A cell of an input.
  package static func input(_ index: Int, _ cell: Int) -> CellPlace {
    CellPlace(source: .input(index), cell: cell)
  }

  /// A cell of the output's gradient.
  package static func upstream(_ cell: Int) -> CellPlace { CellPlace(source: .upstream, cell: cell) }
}

/// A cell, or two that are multiplied.
package struct CellTerm: Hashable, Sendable {
  package let first: CellPlace
  package let second: CellPlace?

  init(_ first: CellPlace, _ second: CellPlace? = nil) {
    self.first = first
    self.second = second
  }

  /// Its cells.
  package var places: [CellPlace] { second.map { [first, $0] } ?? [first] }
}

/// The cells from which one cell of a result was computed, and how.
package struct CellOperands: Sendable {
  /// How the result follows from the cells.
  package enum Kind: Sendable {
    /// The sum of its terms, the cells of each multiplied.
    case products
    /// A function that is 0 where its first cell is, as a product is; a unary function is treated as one where its
    /// own result shows it.
    case function
    /// One of the cells.
    case choice
    /// Any other function of all the cells.
    case mixture
  }

  package let kind: Kind
  package let terms: [CellTerm]

  init(_ kind: Kind, _ terms: [CellTerm]) {
    self.kind = kind
    self.terms = terms
  }

  init(_ kind: Kind, _ places: [CellPlace]) { self.init(kind, places.map { CellTerm($0) }) }
}
