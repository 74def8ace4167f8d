import Localization
import TerminalUI
import Trace

extension NodePane {
  static var commands: [CommandRow] {
    [
      .only(
        "previous-slice", help: localized("node: the previous slice or image; in the node pane [ does it")
      ) { $0.moveSlice(by: -1) },
      .only("next-slice", help: localized("node: the next slice or image; in the node pane ] does it")) {
        $0.moveSlice(by: 1)
      },
      .key("i", name: "images", help: localized("node: rows as images, if they form squares")) {
        $0.nodePane.showsImages.toggle()
      }
      .hinted(localized("images"), in: .node)
      .useful { $0.moment?.focus.map { TensorSlices($0).imageSize != nil } ?? false },
      .key("e", name: "numbers", help: localized("node: the tensor as numbers, or as a picture")) {
        $0.nodePane.toggleNumbers()
      }
      .hinted(localized("numbers"), in: .node),
      .key("E", name: "entries", help: localized("node: all entries page by page, or the whole tensor")) {
        $0.nodePane.showsEntries.toggle()
      },
      .key("c", name: "colors", help: localized("node: other colours, safe for colour blindness")) {
        $0.nodePane.takeNextColors()
      }
      .hinted(localized("colours"), in: .node),
      .key("s", name: "scale", help: localized("node: 4 σ, min to max, or a logarithmic scale")) {
        $0.nodePane.takeNextScale()
      },
    ]
  }

  /// The questions about the chosen node and cell.
  static var questions: [CommandRow] {
    [
      .key("w", name: "why", help: localized("find out how the node became NaN, infinite or zero")) { state in
        guard let node = state.shownNode else {
          state.notice = state.noNodeChosen
          return
        }
        let isOfCell = state.pane == .node && state.moment?.focus?.node == node
        state.findCause(node, cell: isOfCell ? state.chosenCell : nil)
      }
      .taking(localized("[NODE|CELL]"), .node, example: "fc1.linear[3,4]") {
        (arguments, state) throws(ConsoleError) in
        guard arguments.text.contains("[") else {
          let node = try arguments.node(state)
          return { $0.findCause(node, cell: nil) }
        }
        let cell = try CellReference(Array(arguments.text), of: .node, column: arguments.column, state)
        let place = try cell.knownPlace
        return { $0.findCause(cell.owner, cell: place) }
      }
      .needing(.findCause),
      .key("G", name: "check", help: localized("check a gradient with a finite difference")) { state in
        guard let tensor = state.moment?.focus, let cell = state.chosenCell,
          state.moment?.graph.node(named: tensor.node)?.kind == .parameter
        else {
          state.notice = .problem(
            state.shownNode.map {
              localized("\($0) is not a parameter: G checks a parameter's cell in the node pane.")
            }
              ?? localized("No node is chosen: G checks a parameter's cell in the node pane."))
          return
        }
        state.checkGradient(of: tensor.node, at: cell)
      }
      .taking(localized("[CELL]"), .parameterCell, example: "fc1.weight[3,4]") {
        (arguments, state) throws(ConsoleError) in
        let cell = try CellReference(Array(arguments.text), column: arguments.column, state)
        let place = try cell.knownPlace
        return { $0.checkGradient(of: cell.owner, at: place) }
      }
      .needing(.checkGradient),
    ]
  }

  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect) {
    let cell = state.cell
    let (rows, columns, pages) =
      switch direction {
      case .up: (-1, 0, 0)
      case .down: (1, 0, 0)
      case .left: (0, -1, 0)
      case .right: (0, 1, 0)
      case .pageUp: (0, 0, -1)
      case .pageDown: (0, 0, 1)
      }
    let moved =
      state.nodePane.showsNumbers
      ? numbers(state, area: area)?.cell(from: cell, rows: rows, columns: columns, pages: pages)
      : picture(state, area: area, capabilities: .full)?
        .cell(from: cell, rows: rows, columns: columns, pages: pages)
    state.cell = moved ?? cell
    state.followCell(from: cell)
  }

  static func press(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect) {
    let cell = state.cell
    let pressed =
      state.nodePane.showsNumbers
      ? numbers(state, area: area)?.cell(atX: mouse.x, y: mouse.y)
      : picture(state, area: area, capabilities: .full)?.cell(atX: mouse.x, y: mouse.y)
        ?? numbers(state, area: area)?.cell(atX: mouse.x, y: mouse.y)
    state.cell = pressed ?? cell
    state.followCell(from: cell)
  }

  /// Keeps the chosen cell's number in view.
  static func layOut(_ state: inout DebuggerState, _ area: Rect) {
    guard state.nodePane.showsNumbers, let numbers = numbers(state, area: area) else { return }
    state.nodePane.firstNumber = numbers.first
  }

  /// Keeps the cell within the tensor that is shown.
  static func didTake(_ news: RunUpdate, _ state: inout DebuggerState) {
    if let moment = news.moment { state.takeCell(of: moment) }
    let size = state.moment?.focus?.matrixSize ?? (rows: 0, columns: 0)
    state.cell = Matrix.Place(
      row: max(0, min(state.cell.row, size.rows - 1)),
      column: max(0, min(state.cell.column, size.columns - 1)))
  }
}

extension DebuggerState {
  /// How many nodes keep their cell.
  private static let longestThread = 255

  /// Whether the node pane shows one of several slices or images.
  var showsSlices: Bool {
    guard let tensor = moment?.focus else { return false }
    return TensorSlices(tensor).count > 1 || nodePane.showsImages
  }

  /// Goes to another slice or image.
  mutating func moveSlice(by step: Int) {
    let area = areas[.node, default: Rect(.zero)]
    guard let picture = NodePane.picture(self, area: area, capabilities: .full) else { return }
    let old = cell
    cell = picture.cell(from: old, slices: step)
    followCell(from: old)
  }

  /// Follows the cell at the cursor, if it has moved.
  fileprivate mutating func followCell(from old: Matrix.Place) {
    guard cell != old, let name = moment?.focus?.node else { return }
    followsByItself = false
    follow([FollowedCell(node: name, cell: flatCell)])
  }

  /// Takes the cell that the run has found by following: not one that was found before the cursor was moved.
  fileprivate mutating func takeCell(of moment: Moment) {
    guard let tensor = moment.focus else { return }
    if tensor.thinning != nil, let asked = focus.followed.last, asked.node == tensor.node {
      self.cell = tensor.shownCell(at: asked.cell)
    }
    guard let cell = moment.cell, moment.followed == focus.followed else { return }
    self.cell = tensor.shownCell(at: cell)
    let shown = FollowedCell(node: tensor.node, cell: cell)
    if isRunning {
      // A run that plays keeps the cell that it has begun with.
      if !focus.followed.contains(where: { $0.node == shown.node }) { follow(focus.followed + [shown]) }
      return
    }
    if focus.followed.isEmpty { followsByItself = true }
    follow(focus.followed.filter { $0.node != shown.node }.suffix(Self.longestThread) + [shown])
  }

  /// The place in row-major order of the cell that the node pane reads out.
  fileprivate var chosenCell: Int? {
    guard let tensor = moment?.focus, !tensor.values.isEmpty else { return nil }
    return flatCell
  }

  /// Searches for the cause of a cell, or of a whole node.
  fileprivate mutating func findCause(_ node: String, cell: Int?) {
    let tensor = moment?.focus.flatMap { $0.node == node ? $0 : nil }
    ask(
      .findCause(node: node, view: tensor?.view ?? .value, cell: cell),
      waiting: localized("searching for where it began in \(node) …"))
  }

  /// Checks a parameter's gradient at a cell.
  fileprivate mutating func checkGradient(of parameter: String, at cell: Int) {
    ask(
      .checkGradient(parameter: parameter, cell: cell),
      waiting: localized("checking the gradient of \(parameter) …"))
  }
}

extension TensorSnapshot {
  /// The cell of the picture for a place in the whole tensor.
  func shownCell(at place: Int) -> Matrix.Place {
    let (row, column) = cell(at: place)
    return Matrix.Place(row: row, column: column)
  }
}
