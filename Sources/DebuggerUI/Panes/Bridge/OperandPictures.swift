import Localization
import TerminalUI
import Trace

/// The tensors that a cell is computed from, as small heat maps side by side: the row and the column that meet in the cell
/// are lit, and the cells of the chosen term are marked.
struct OperandPictures: Widget {
  private let matrices: [CellWork.OperandMatrix]
  private let chosen: CellWork.Term?

  init(_ matrices: [CellWork.OperandMatrix], chosen: CellWork.Term?) {
    self.matrices = matrices
    self.chosen = chosen
  }

  private static let gap = 3
  private static let smallestWidth = 20
  private static let smallestHeight = 14
  private static let largestHeight = 14

  /// The rows that they take of an area; 0 where the terms need all of it.
  func height(in area: Rect) -> Int {
    guard !matrices.isEmpty, area.height >= Self.smallestHeight,
      width(in: area) >= Self.smallestWidth
    else { return 0 }
    return min(Self.largestHeight, area.height / 2)
  }

  private func width(in area: Rect) -> Int {
    (area.width - Self.gap * (matrices.count - 1)) / max(1, matrices.count)
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let width = width(in: area)
    for (place, matrix) in matrices.enumerated() {
      let whole = Rect(
        x: area.x + place * (width + Self.gap), y: area.y, width: width, height: area.height - 1)
      let parts = whole.splitRows([.fixed(1), .fill(1)])
      heading(of: matrix).draw(into: &buffer, area: parts[0])
      picture(of: matrix).draw(into: &buffer, area: parts[1])
    }
  }

  /// `W1 64×128  column 17`.
  private func heading(of matrix: CellWork.OperandMatrix) -> TextLine {
    let shape = ShapeText.of([matrix.rows, matrix.columns])
    return TextLine([
      Span(matrix.name, .bold), Span(" \(shape)  \(Self.lit(matrix))", .foreground(Accents.muted)),
    ])
  }

  /// Which part of a matrix is read, in words.
  private static func lit(_ matrix: CellWork.OperandMatrix) -> String {
    let (rows, columns) = (matrix.litRows, matrix.litColumns)
    switch (rows.count == matrix.rows, columns.count == matrix.columns) {
    case (true, true): return localized("all of it")
    case (false, true) where rows.count == 1: return localized("row \(rows.lowerBound)")
    case (true, false) where columns.count == 1: return localized("column \(columns.lowerBound)")
    default:
      return localized(
        "rows \(rows.lowerBound)–\(rows.upperBound - 1), columns \(columns.lowerBound)–\(columns.upperBound - 1)"
      )
    }
  }

  private func picture(of matrix: CellWork.OperandMatrix) -> HeatMap {
    let marked = chosen?.operands.first { $0.node == matrix.node && $0.view == matrix.view }
      .map { matrix.place(of: $0.cell) }
    return HeatMap(
      Matrix(rows: matrix.rows, columns: matrix.columns, values: matrix.values),
      cursor: marked.map { Matrix.Place(row: $0.row, column: $0.column) },
      lit: Matrix.Block(rows: matrix.litRows, columns: matrix.litColumns), showsLegend: false)
  }
}
