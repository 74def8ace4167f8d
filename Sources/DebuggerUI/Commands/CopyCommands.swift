import Localization
import Trace

/// The commands that copy numbers to the clipboard.
enum CopyCommands {
  /// What can be copied.
  enum Part: String, CaseIterable, Sendable { case cell, node, table }

  static var rows: [CommandRow] {
    [
      .key(
        "Y", name: "copy", help: localized("copy the chosen cell's number; again the node, then the table")
      ) { state in
        let place = CopyState.Place(state)
        let last = state.parts[CopyState.self]
        let parts = Part.allCases
        let next =
          last.place == place ? parts[((parts.firstIndex(of: last.part) ?? 0) + 1) % parts.count] : .cell
        state.copy(state.cellName == nil ? .node : next)
      }
      .taking(
        "[cell|node|table]", .words(Part.allCases.map(\.rawValue)), example: "table"
      ) { (arguments, _) throws(ConsoleError) in
        let word = try arguments.word()
        let parts = Part.allCases.filter { $0.rawValue.hasPrefix(word.text.lowercased()) }
        guard parts.count == 1 else {
          let names = Part.allCases.map(\.rawValue).joined(separator: ", ")
          throw ConsoleError(localized("'\(word.text)' is not one of \(names)."), at: word.column)
        }
        return { $0.copy(parts[0]) }
      }
    ]
  }
}

/// What was copied last, so that the same key copies more of it.
private struct CopyState: StatePart {
  /// What is chosen at a moment.
  struct Place: Equatable {
    let position: Position?
    let node: String?
    let view: TensorView?
    let cell: Int

    init(_ state: DebuggerState) {
      (position, node) = (state.moment?.position, state.shownNode)
      (view, cell) = (state.moment?.focus?.view, state.flatCell)
    }
  }

  var place: Place?
  var part = CopyCommands.Part.cell
}

extension DebuggerState {
  /// The index of the chosen cell, `[3,4]`; empty for a scalar, nil if no cell can be chosen.
  var cellName: String? {
    guard let tensor = moment?.focus, chosenValue != nil else { return nil }
    return tensor.shape.isEmpty ? "" : TensorSlices(tensor).name(of: cell)
  }

  /// The number of the chosen cell.
  private var chosenValue: Float? {
    guard let tensor = moment?.focus else { return nil }
    let place = cell.row * (tensor.shape.last ?? 1) + cell.column
    return tensor.values.indices.contains(place) ? tensor.values[place] : nil
  }

  /// Copies a part of what is shown, and says what.
  fileprivate mutating func copy(_ part: CopyCommands.Part) {
    guard let tensor = moment?.focus else {
      notice =
        shownNode == nil ? noNodeChosen : .problem(localized("There are no numbers to copy at this moment."))
      return
    }
    switch part {
    case .cell:
      guard let name = cellName, let value = chosenValue else {
        notice = .problem(localized("There are no numbers to copy at this moment."))
        return
      }
      let text = CopiedText.number(value)
      effects.append(.copy(text))
      let view = tensor.part ?? (tensor.view == .value ? "" : tensor.view.word)
      notice = Notice(
        view.isEmpty
          ? localized("copied \(tensor.node)\(name) = \(text)")
          : localized("copied \(view) of \(tensor.node)\(name) = \(text)"))
    case .node:
      effects.append(.copy(CopiedText.node(tensor)))
      notice = Notice(localized("copied the name, shape and statistics of \(tensor.node)"))
    case .table:
      let table = CopiedText.table(tensor)
      effects.append(.copy(table.text))
      notice =
        table.rows == table.ofRows
        ? Notice(localized("copied \(tensor.node): \(table.rows) rows, separated by tabs"))
        : Notice(
          localized(
            "copied the first \(table.rows) of \(table.ofRows) rows of \(tensor.node): more than 100 kB fit into few clipboards"
          ))
    }
    parts[CopyState.self].place = CopyState.Place(self)
    parts[CopyState.self].part = part
  }
}
