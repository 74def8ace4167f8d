import Localization
import TerminalUI
import Trace

extension BatchPane {
  static var commands: [CommandRow] {
    [
      figures, partRow,
      .key(
        .enter, name: "open-sample",
        help: localized("list the samples of the chosen cell; show the chosen sample of a list"),
        hint: localized("show"), in: .batch
      ) {
        if let cell = $0.chosenCell { return $0.list(cell) }
        guard $0.chosenWorst != nil, let worst = $0.moment?.figures?.worst else {
          return $0.isZoomed.toggle()
        }
        $0.batchPane.isOpen.toggle()
        $0.batchPane.choose($0.batchPane.worst, of: worst)
      }
      .useful { $0.chosenWorst != nil || $0.chosenCell != nil },
    ]
  }

  /// `v`, or `:figures VIEW` from anywhere.
  private static var figures: CommandRow {
    .key(
      "v", name: "figures",
      help: localized("the samples, the confusion matrix, figures by class, or the worst samples"),
      hint: localized("figures"), in: .batch
    ) {
      let script = $0.description?.isScript == true
      let views = BatchView.all(of: $0.moment?.figures?.content, isScript: script)
      let place = views.firstIndex(of: $0.batchView) ?? 0
      $0.batchPane.show(views[(place + 1) % views.count])
    }
    .taking(localized("[VIEW]"), .words(BatchView.allCases.map(\.rawValue)), example: "matrix") {
      (arguments, _) throws(ConsoleError) in
      let view: BatchView = try arguments.choice(BatchView.allCases)
      return {
        $0.pane = .batch
        $0.batchPane.show(view)
      }
    }
  }

  /// `o`, or `:figures-of SAMPLES` from anywhere.
  private static var partRow: CommandRow {
    .key(
      "o", name: "figures-of",
      help: localized("figures of the validation set, training set, epoch so far, or this batch"),
      hint: localized("which data"), in: .batch
    ) {
      let parts: [PredictionFigures.Part] =
        $0.description?.isScript == true
        ? [.validation, .epoch, .training] : [.validation, .training, .epoch, .batch]
      let shown = $0.moment?.figures?.part ?? $0.batchPane.part
      let place = ($0.batchPane.part ?? shown).flatMap(parts.firstIndex) ?? 0
      $0.batchPane.part = parts[(place + 1) % parts.count]
    }
    .taking(
      localized("[SAMPLES]"), .words(PredictionFigures.Part.allCases.map(\.rawValue)), example: "validation"
    ) {
      (arguments, _) throws(ConsoleError) in
      let part: PredictionFigures.Part = try arguments.choice(PredictionFigures.Part.allCases)
      return {
        $0.pane = .batch
        $0.batchPane.part = part
        if $0.batchView == .samples { $0.batchPane.view = .matrix }
      }
    }
    .useful { $0.batchView != .samples }
  }

  /// Moves within the figures; false where the samples are shown.
  static func moveInFigures(
    _ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect
  ) -> Bool {
    let view = state.batchView
    guard view != .samples else { return false }
    guard let figures = state.moment?.figures else { return true }
    switch (view, figures.content) {
    case (.matrix, .classes(let classes)):
      let last = classes.classCount - 1
      let across = direction == .left ? -1 : direction == .right ? 1 : 0
      let cell = state.batchPane.cell
      state.batchPane.cell = (
        row: max(0, min(min(cell.row, last) + direction.rows, last)),
        column: max(0, min(min(cell.column, last) + across, last))
      )
    case (.classes, .classes(let classes)): state.moveFigureRow(direction, count: classes.classCount)
    case (.classes, .labels(let labels)): state.moveFigureRow(direction, count: labels.labelCount)
    case (.worst, _):
      let across = state.batchPane.isOpen && direction == .left ? -1 : direction == .right ? 1 : 0
      let step = direction.rows != 0 ? direction.rows : state.batchPane.isOpen ? across : 0
      let last = max(0, figures.worst.count - 1)
      state.batchPane.choose(min(state.batchPane.worst, last) + step, of: figures.worst)
    default: break
    }
    return true
  }

  /// Chooses what is under the mouse; false where the samples are shown.
  static func pressInFigures(
    _ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect
  ) -> Bool {
    guard state.batchView != .samples else { return false }
    guard let figures = state.moment?.figures else { return true }
    switch (state.batchView, figures.content) {
    case (.matrix, .classes(let classes)):
      let matrix = ConfusionMatrix(classes, state.figureNames(figures), cursor: state.batchPane.cell)
      if let cell = matrix.cell(atX: mouse.x, y: mouse.y, area: area) { state.batchPane.cell = cell }
    case (.classes, .classes), (.classes, .labels):
      let table = FigureTable(figures, state).table
      let row = table.visibleRows(height: area.height).lowerBound + mouse.y - area.y - 1
      if mouse.y > area.y, table.rows.indices.contains(row) { state.batchPane.row = row }
    case (.worst, _) where !state.batchPane.isOpen:
      let list = WorstSampleList(figures, state)
      let rows = list.rows(area)
      let row = list.visible(area).lowerBound + mouse.y - rows.y
      if mouse.y >= rows.y, figures.worst.indices.contains(row) {
        state.batchPane.choose(row, of: figures.worst)
      }
    default: break
    }
    return true
  }

  /// Goes back from one of the worst samples to their list, and from those of a cell to the matrix.
  static func close(_ state: inout DebuggerState) -> Bool {
    guard state.pane == .batch, state.batchView == .worst else { return false }
    if state.batchPane.isOpen {
      state.batchPane.isOpen = false
    } else if state.batchPane.listed != nil {
      state.batchPane.show(.matrix)
    } else {
      return false
    }
    return true
  }
}

extension DebuggerState {
  /// The chosen cell of the matrix; nil where none is shown, or where its samples are not kept, as those of scripts.
  fileprivate var chosenCell: PredictionFigures.Cell? {
    guard batchView == .matrix, let classes = moment?.figures?.classes, classes.hasMatrix,
      description?.isScript != true
    else { return nil }
    let (cell, last) = (batchPane.cell, classes.classCount - 1)
    return .init(label: min(cell.row, last), prediction: min(cell.column, last))
  }

  /// Lists the samples of a cell of the matrix.
  fileprivate mutating func list(_ cell: PredictionFigures.Cell) {
    guard moment?.figures?.classes?.count(label: cell.label, prediction: cell.prediction) != 0 else {
      notice = .problem(localized("This cell has no samples."))
      return
    }
    batchPane.show(.worst)
    batchPane.listed = cell
    batchPane.choose(0, of: [])
  }

  fileprivate mutating func moveFigureRow(_ direction: MoveDirection, count: Int) {
    batchPane.row = max(0, min(min(batchPane.row, count - 1) + direction.rows, count - 1))
  }

  /// The names of the classes that some figures have, where these are the data's.
  func figureNames(_ figures: PredictionFigures) -> ClassNames {
    let names = description?.classNames ?? []
    let count =
      switch figures.content {
      case .classes(let classes): classes.classCount
      case .labels(let labels): labels.labelCount
      case .numbers: 0
      }
    return ClassNames(names.count == count ? names : [])
  }
}

extension CommandArguments {
  /// The only word as one of several choices, or the beginning of one.
  ///
  /// - Throws: ``ConsoleError`` if it is none of them.
  fileprivate func choice<Choice: RawRepresentable<String>>(
    _ choices: [Choice]
  ) throws(ConsoleError) -> Choice {
    let word = try word()
    let matches = choices.filter { $0.rawValue.hasPrefix(word.text.lowercased()) }
    guard matches.count == 1, let match = matches.first else {
      let names = choices.map(\.rawValue).joined(separator: ", ")
      throw ConsoleError(localized("'\(word.text)' is not one of \(names)."), at: word.column)
    }
    return match
  }
}
