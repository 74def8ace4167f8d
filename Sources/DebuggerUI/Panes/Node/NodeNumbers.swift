import Localization
import TerminalUI
import Trace

/// A tensor as numbers in the node pane: one of its matrices, of a vector as many numbers in each line as fit.
struct NodeNumbers {
  private let grid: NumberGrid
  private let slices: TensorSlices
  private let area: Rect
  /// The first row of the matrix that is shown, counted through all of them.
  private let top: Int
  /// How many numbers of a vector are in a line; nil of a matrix.
  private let perLine: Int?
  /// Which part of the tensor is shown, in words; empty for all of it.
  let part: String
  /// The row and the column at the top left, moved so that the chosen cell is shown.
  let first: Matrix.Place

  /// The numbers in `area`; nil where there are none, or no room.
  init?(_ tensor: TensorSnapshot, _ state: DebuggerState, area: Rect) {
    let slices = TensorSlices(tensor)
    guard slices.rows > 0, slices.columns > 0, !area.isEmpty else { return nil }
    let (look, heads) = (state.nodePane, NumberHeads(tensor, state))
    let all = slices.rows(ofSlice: slices.slice(ofRow: state.cell.row))
    let scale = HeatMapScale(
      HeatMapSpread(tensor.statistics), rule: look.scale.rule, isDiverging: look.colorMap?.isDiverging)
    let statistics = tensor.statistics
    let wraps = slices.rows == 1 && tensor.thinning == nil && !heads.columnsAreClasses
    var grid = NumberGrid(
      size: Size(width: slices.columns, height: all.count), low: statistics.minimum,
      high: statistics.maximum, isWhole: tensor.values.allSatisfy { !$0.isFinite || $0 == $0.rounded() },
      scale: scale, colorMap: look.colorMap,
      headWidths: (heads.rowWidth(all), heads.columnWidth), rowHead: { heads.row(all.lowerBound + $0) },
      columnHead: heads.column,
      value: { row, column in
        let place = (all.lowerBound + row) * slices.columns + column
        return tensor.values.indices.contains(place) ? tensor.values[place] : nil
      })
    let perLine = wraps ? NodeNumbers.lineLength(grid.page(area).width, of: slices.columns) : nil
    if let perLine, perLine < slices.columns {
      let count = slices.columns
      grid.size = Size(width: perLine, height: (count + perLine - 1) / perLine)
      grid.rowHead = { "\($0 * perLine)" }
      grid.columnHead = { "+\($0)" }
      grid.headWidths = (row: "\(count)".count, column: 3)
      grid.value = { row, column in
        let place = row * perLine + column
        return place < count && tensor.values.indices.contains(place) ? tensor.values[place] : nil
      }
    }
    let cursor = NodeNumbers.line(state.cell, top: all.lowerBound, perLine)
    let page = grid.page(area)
    first = Matrix.Place(
      row: ListWindow.visible(
        count: grid.size.height, height: page.height, selected: cursor.row, first: look.firstNumber.row
      ).lowerBound,
      column: ListWindow.visible(
        count: grid.size.width, height: page.width, selected: cursor.column, first: look.firstNumber.column
      ).lowerBound)
    grid.first = first
    grid.cursor = state.pane == .node ? cursor : nil
    (self.grid, self.slices, self.area, top, self.perLine) = (grid, slices, area, all.lowerBound, perLine)
    let visible = grid.visible(area)
    let words = [
      slices.count > 1
        ? localized(
          "slice \(top / slices.rowsPerSlice + 1) of \(slices.count) \(slices.name(ofSlice: top / slices.rowsPerSlice))"
        ) : nil,
      visible.rows.count < grid.size.height
        ? localized(
          "rows \(visible.rows.lowerBound)–\(visible.rows.upperBound - 1) of \(grid.size.height)") : nil,
      visible.columns.count < grid.size.width
        ? localized(
          "columns \(visible.columns.lowerBound)–\(visible.columns.upperBound - 1) of \(grid.size.width)")
        : nil,
    ]
    part = words.compactMap { $0 }.joined(separator: "  ")
  }

  /// The rows of all numbers and of their head.
  var usedHeight: Int { grid.size.height + 1 }

  /// Draws the numbers.
  func draw(into buffer: inout Buffer) { grid.draw(into: &buffer, area: area) }

  /// The cell whose number is there on the screen; nil beside the numbers.
  func cell(atX x: Int, y: Int) -> Matrix.Place? {
    grid.place(atX: x, y: y, area: area).flatMap { place in
      grid.value(place.row, place.column) == nil ? nil : cell(at: place)
    }
  }

  /// The cell that a move leads to, within the matrix.
  func cell(from cell: Matrix.Place, rows: Int, columns: Int, pages: Int) -> Matrix.Place {
    let line = NodeNumbers.line(cell, top: top, perLine)
    if let perLine {
      // In a vector one comes from the end of a line to the next one.
      let down = (rows + pages * grid.page(area).height) * perLine
      return Matrix.Place(row: 0, column: max(0, min(cell.column + down + columns, slices.columns - 1)))
    }
    let row = max(0, min(line.row + rows + pages * grid.page(area).height, grid.size.height - 1))
    return Matrix.Place(
      row: top + row, column: max(0, min(line.column + columns, slices.columns - 1)))
  }

  private func cell(at place: Matrix.Place) -> Matrix.Place {
    guard let perLine else { return Matrix.Place(row: top + place.row, column: place.column) }
    return Matrix.Place(row: 0, column: place.row * perLine + place.column)
  }

  /// Where a cell is in the grid.
  private static func line(_ cell: Matrix.Place, top: Int, _ perLine: Int?) -> Matrix.Place {
    guard let perLine else { return Matrix.Place(row: cell.row - top, column: cell.column) }
    return Matrix.Place(row: cell.column / perLine, column: cell.column % perLine)
  }

  /// How many of a vector's numbers make a line: all, or tens or fives, which are easily counted.
  private static func lineLength(_ room: Int, of count: Int) -> Int {
    guard room < count else { return count }
    return room >= 10 ? room / 10 * 10 : room >= 5 ? 5 : max(1, room)
  }
}
