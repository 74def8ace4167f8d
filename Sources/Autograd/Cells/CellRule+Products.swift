/// Operators that multiply rows by columns.
extension CellRule {
  /// The row of x and the row of the weight that meet in a cell, and the bias.
  static let linear = CellRule { call, cell in
    let (features, outputs) = (call.shape(1)[1], call.shape(1)[0])
    let (row, column) = (cell / outputs, cell % outputs)
    var terms = (0..<features).map {
      CellTerm(.input(0, row * features + $0), .input(1, column * features + $0))
    }
    if call.inputs.count > 2 { terms.append(CellTerm(.input(2, column))) }
    return CellReading(.products, terms)
  } gradient: { call, input, cell in
    let (features, outputs) = (call.shape(1)[1], call.shape(1)[0])
    let rows = call.output.elementCount / max(outputs, 1)
    // Where there are no features only the bias has cells.
    let (row, column) = (cell / max(features, 1), cell % max(features, 1))
    switch input {
    case 0:
      let terms = (0..<outputs).map {
        CellTerm(.upstream(row * outputs + $0), .input(1, $0 * features + column))
      }
      return CellReading(.products, terms)
    case 1:
      let terms = (0..<rows).map {
        CellTerm(.upstream($0 * outputs + row), .input(0, $0 * features + column))
      }
      return CellReading(.products, terms)
    default: return CellReading(.products, (0..<rows).map { .upstream($0 * outputs + cell) })
    }
  }

  /// The row of the left and the column of the right matrix that meet in a cell.
  static let matmul = CellRule { call, cell in
    let product = Product(call)
    let (batch, row, column) = product.split(cell)
    let terms = (0..<product.inner).map {
      CellTerm(.input(0, product.left(batch, row, $0)), .input(1, product.right(batch, $0, column)))
    }
    return CellReading(.products, terms)
  } gradient: { call, input, cell in
    let product = Product(call)
    let size = input == 0 ? product.rows * product.inner : product.inner * product.columns
    let (matrix, place) = (cell / max(size, 1), cell % max(size, 1))
    let terms = (input == 0 ? product.leftBatch : product.rightBatch).copies(of: matrix).flatMap { batch in
      input == 0
        ? (0..<product.columns).map { column in
          CellTerm(
            .upstream(product.cell(batch, place / product.inner, column)),
            .input(1, product.right(batch, place % product.inner, column)))
        }
        : (0..<product.rows).map { row in
          CellTerm(
            .upstream(product.cell(batch, row, place % product.columns)),
            .input(0, product.left(batch, row, place / product.columns)))
        }
    }
    return CellReading(.products, terms)
  }
}

/// A matrix product with its vectors as matrices and its batches.
private struct Product {
  let rows: Int
  let inner: Int
  let columns: Int
  let leftBatch: Spread
  let rightBatch: Spread

  init(_ call: CellCall) {
    let (left, right) = (call.shape(0), call.shape(1))
    rows = left.rank > 1 ? left[left.rank - 2] : 1
    inner = left[left.rank - 1]
    columns = right.rank > 1 ? right[right.rank - 1] : 1
    let (leftSizes, rightSizes) = (Shape(left.dropLast(2)), Shape(right.dropLast(2)))
    let batch = Shape.broadcast(leftSizes, rightSizes) ?? leftSizes
    leftBatch = Spread(leftSizes, in: batch)
    rightBatch = Spread(rightSizes, in: batch)
  }

  func split(_ cell: Int) -> (batch: Int, row: Int, column: Int) {
    (cell / max(rows * columns, 1), cell / max(columns, 1) % max(rows, 1), cell % max(columns, 1))
  }

  func cell(_ batch: Int, _ row: Int, _ column: Int) -> Int { (batch * rows + row) * columns + column }

  func left(_ batch: Int, _ row: Int, _ place: Int) -> Int {
    (leftBatch.source(of: batch) * rows + row) * inner + place
  }

  func right(_ batch: Int, _ place: Int, _ column: Int) -> Int {
    (rightBatch.source(of: batch) * inner + place) * columns + column
  }
}
