import TerminalUI
import Trace

extension DebuggerState {
  /// Moves the cell in the direction of a key.
  mutating func moveCell(_ direction: Action.Direction) -> [DebuggerEffect] {
    guard let picture = nodePicture else { return [] }
    cell =
      switch direction {
      case .up: picture.cell(from: cell, rows: -1, columns: 0, pages: 0)
      case .down: picture.cell(from: cell, rows: 1, columns: 0, pages: 0)
      case .left: picture.cell(from: cell, rows: 0, columns: -1, pages: 0)
      case .right: picture.cell(from: cell, rows: 0, columns: 1, pages: 0)
      case .pageUp: picture.cell(from: cell, rows: 0, columns: 0, pages: -1)
      case .pageDown: picture.cell(from: cell, rows: 0, columns: 0, pages: 1)
      }
    return askForCell()
  }

  /// Goes to another slice or image.
  mutating func moveSlice(by step: Int) -> [DebuggerEffect] {
    guard let picture = nodePicture else { return [] }
    cell = picture.cell(from: cell, slices: step)
    return askForCell()
  }

  /// Keeps the cell within the tensor that is shown.
  mutating func clampCell() {
    let size = moment?.focus?.matrixSize ?? (rows: 0, columns: 0)
    cell = Matrix.Place(
      row: max(0, min(cell.row, size.rows - 1)), column: max(0, min(cell.column, size.columns - 1)))
  }

  /// The cell's place in the tensor in row-major order.
  package var flatCell: Int { cell.row * (moment?.focus?.matrixSize.columns ?? 0) + cell.column }

  /// Asks the run for the formula of the cell, where it has one: the optimizer's of a parameter.
  mutating func askForCell() -> [DebuggerEffect] {
    guard let moment, let name = moment.focus?.node, focus.cell != flatCell,
      moment.graph.node(named: name)?.kind == .parameter
    else { return [] }
    focus.cell = flatCell
    return [.command(.focus(focus))]
  }

  /// The picture in the node pane as it is on the screen.
  private var nodePicture: NodePicture? {
    NodePane.picture(self, area: ScreenLayout(self).inside(.node), capabilities: .full)
  }
}
