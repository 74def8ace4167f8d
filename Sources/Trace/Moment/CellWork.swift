/// How one cell of a tensor is computed, with a moment's numbers.
package struct CellWork: Sendable, Equatable, Codable {
  /// A line of it: `Z1[3,17] = X[3,0]·W1[0,17] + … + b1[17] = 0.25·0.113 + … + 0.012 = −0.204`.
  package struct Line: Sendable, Equatable, Codable {
    /// What is computed, `Z1[3,17]`.
    package var name: String
    /// From which cells.
    package var symbols: String
    /// From which numbers.
    package var numbers: String
    /// The result.
    package var value: Double

    /// A line.
    package init(name: String, symbols: String, numbers: String, value: Double) {
      self.name = name
      self.symbols = symbols
      self.numbers = numbers
      self.value = value
    }
  }

  /// A cell that is read.
  package struct Operand: Sendable, Equatable, Codable {
    /// The node that has it.
    package var node: String
    /// The tensor of the node that has it.
    package var view: TensorView
    /// Its place in row-major order.
    package var cell: Int

    /// A cell of a node's tensor.
    package init(node: String, view: TensorView, cell: Int) {
      self.node = node
      self.view = view
      self.cell = cell
    }
  }

  /// One addend of a sum.
  package struct Term: Sendable, Equatable, Codable {
    /// The cells, `X[3,0]·W1[0,17]`.
    package var symbols: String
    /// Their numbers.
    package var numbers: String
    /// Its value.
    package var value: Double
    /// The cells that it reads.
    package var operands: [Operand]
    /// The row of the batch that it belongs to; nil where it is not one sample's.
    package var row: Int?

    /// An addend.
    package init(symbols: String, numbers: String, value: Double, operands: [Operand], row: Int? = nil) {
      self.symbols = symbols
      self.numbers = numbers
      self.value = value
      self.operands = operands
      self.row = row
    }
  }

  /// A tensor that the sum reads, as a matrix in which those cells are lit.
  package struct OperandMatrix: Sendable, Equatable, Codable {
    /// The node that has it.
    package var node: String
    /// The tensor of the node that has it.
    package var view: TensorView
    /// What the arithmetic calls it, `W1`.
    package var name: String
    /// Whether it is the tensor with rows and columns exchanged, as the hand-written network has its weights.
    package var isTransposed: Bool
    /// How many columns it has; leading dimensions are folded into the rows.
    package var columns: Int
    /// The numbers, row by row.
    package var values: [Float]
    /// The rows of the cells that are read.
    package var litRows: Range<Int>
    /// Their columns.
    package var litColumns: Range<Int>

    /// A tensor whose last dimension has `columns` entries, of which `cells` are read; nil where these are no block of
    /// neighbouring rows and columns.
    package init?(
      node: String, view: TensorView, name: String, isTransposed: Bool, columns: Int, values: [Float],
      cells: some Sequence<Int>
    ) {
      let cells = Set(cells)
      guard columns > 0, let largest = cells.max(), largest < values.count else { return nil }
      let (across, down) = (cells.map { $0 % columns }, cells.map { $0 / columns })
      guard let left = across.min(), let right = across.max(), let top = down.min(), let bottom = down.max(),
        (right - left + 1) * (bottom - top + 1) == cells.count
      else { return nil }
      let rows = values.count / columns
      (self.node, self.view, self.name, self.isTransposed) = (node, view, name, isTransposed)
      self.columns = isTransposed ? rows : columns
      self.values =
        isTransposed
        ? (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } } : values
      litRows = isTransposed ? left..<right + 1 : top..<bottom + 1
      litColumns = isTransposed ? top..<bottom + 1 : left..<right + 1
    }

    /// How many rows it has.
    package var rows: Int { columns > 0 ? values.count / columns : 0 }

    /// The row and column of a cell of the tensor.
    package func place(of cell: Int) -> (row: Int, column: Int) {
      isTransposed
        ? (cell % max(1, rows), cell / max(1, rows)) : (cell / max(1, columns), cell % max(1, columns))
    }
  }

  /// The lines: parts first, the cell last.
  package var lines: [Line]
  /// The terms of its sum, the largest first; without a sum the cells that it reads, as one term each.
  package var terms: [Term]
  /// How many terms the sum has; 0 without a sum.
  package var termCount: Int
  /// The tensors that its sum reads, where all terms are wanted.
  package var matrices: [OperandMatrix] = []
  /// The number in the cell.
  package var result: Double
  /// The result of the arithmetic in double precision.
  package var computed: Double

  /// The arithmetic of a cell.
  package init(lines: [Line], terms: [Term], termCount: Int, result: Double, computed: Double) {
    self.lines = lines
    self.terms = terms
    self.termCount = termCount
    self.result = result
    self.computed = computed
  }

  /// Whether the arithmetic gives the number in the cell, but for rounding.
  package var agrees: Bool {
    if result.isNaN || computed.isNaN { return result.isNaN && computed.isNaN }
    if result == computed { return true }
    let size = max(abs(result), terms.reduce(0) { max($0, abs($1.value)) })
    return abs(result - computed) <= 1e-3 * abs(result) + 1e-5 * size
  }
}
