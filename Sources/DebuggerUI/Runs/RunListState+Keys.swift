import Localization
import TerminalUI

extension RunListState {
  /// Takes what the user did, and returns what is to be done about it.
  package mutating func update(_ event: TerminalEvent) -> [RunListEffect] {
    defer { firstRow = visibleRows(RunListLayout(self)).lowerBound }
    switch event {
    case .key(let key): return press(key)
    case .mouse(let mouse): use(mouse)
    case .paste(let text): if isFiltering { filter.insert(text) }
    case .resize(let size): self.size = size
    case .wake, .deadline, .signal, .endOfInput: break
    }
    return []
  }

  private mutating func press(_ key: Key) -> [RunListEffect] {
    notice = nil
    if showsHelp {
      showsHelp = false
      return key == "q" ? [.quit] : []
    }
    if isFiltering, type(key) { return [] }
    switch key {
    case "q": return [.quit]
    case .escape: return back()
    case "?", .function(1): showsHelp = true
    case "/": isFiltering = true
    case .enter: return open()
    case "d": return compare()
    case "p": if let selected { togglePin(selected) }
    case "s": sort(by: 1)
    case "S": isReversed.toggle()
    default: if !move(key) { look(key) }
    }
    return []
  }

  /// Types in the filter; false for a key that does something else there.
  private mutating func type(_ key: Key) -> Bool {
    switch key {
    case .enter: isFiltering = false
    case .escape: (isFiltering, filter) = (false, TextInput())
    case .up, .down, .pageUp, .pageDown: return false
    default: _ = filter.press(key)
    }
    return true
  }

  private mutating func move(_ key: Key) -> Bool {
    let row = selectedRow ?? 0
    let page = max(1, RunListLayout(self).rows.height - 1)
    switch key {
    case .up, "k": select(row - 1)
    case .down, "j": select(row + 1)
    case .pageUp: select(row - page)
    case .pageDown: select(row + page)
    case .home, "g": select(0)
    case .end, "G": select(shown.count - 1)
    default: return false
    }
    return true
  }

  private mutating func look(_ key: Key) {
    switch key {
    case " ": choose()
    case "u": chooseNone()
    case "v":
      curve = curve == .loss ? .validation : curve == .validation ? .accuracy : .loss
    case "y": isLogarithmic.toggle()
    case "m": isSmoothed.toggle()
    case "z": isZoomed.toggle()
    case "t": prefersSettings.toggle()
    case "J": firstSetting = min(firstSetting + 1, max(0, differences.count - 1))
    case "K": firstSetting = max(0, firstSetting - 1)
    default: break
    }
  }

  private mutating func choose() {
    guard let selected else { return }
    if let run = selectedRun, let problem = run.problem, run.steps == nil {
      notice = .problem(problem)
      return
    }
    guard chosen[selected] != nil || chosen.count < RunListState.mostChosen else {
      notice = .problem(
        localized("At most \(RunListState.mostChosen) recordings are shown together: leave one out first."))
      return
    }
    toggle(selected)
    firstSetting = 0
  }

  private mutating func sort(by places: Int) {
    let columns = RunColumn.allCases
    let place = columns.firstIndex(of: sortColumn) ?? 0
    isReversed = false
    sortColumn = columns[(place + places) % columns.count]
  }

  /// Closes what was opened last.
  private mutating func back() -> [RunListEffect] {
    if isComparing {
      isComparing = false
      return [.cancelComparison]
    }
    if isZoomed { isZoomed = false } else { filter = TextInput() }
    return []
  }

  private mutating func open() -> [RunListEffect] {
    guard let run = selectedRun else { return [] }
    guard run.state != .unreadable else {
      notice = run.problem.map { Notice.problem($0) }
      return []
    }
    return [.open(path: run.path, isBeingWritten: run.state == .beingWritten)]
  }

  private mutating func compare() -> [RunListEffect] {
    guard !isComparing else { return [] }
    let paths = wanted
    guard chosen.count <= 2, paths.count >= 2, chosen.count == 2 || chosen.count == 1 else {
      notice = .problem(
        localized("d compares two recordings: choose them with space, or one and go to the other."))
      return []
    }
    isComparing = true
    return [.compare(paths[0], paths[1])]
  }

  private mutating func use(_ mouse: MouseEvent) {
    if mouse.kind == .press { notice = nil }
    guard !showsHelp else {
      if mouse.kind == .press { showsHelp = false }
      return
    }
    let layout = RunListLayout(self)
    guard layout.list.contains(x: mouse.x, y: mouse.y) else { return }
    let row = selectedRow ?? 0
    switch mouse.kind {
    case .wheelUp: select(row - 1)
    case .wheelDown: select(row + 1)
    case .press where mouse.y >= layout.rows.y && mouse.y < layout.rows.maxY:
      let place = visibleRows(layout).lowerBound + mouse.y - layout.rows.y
      guard place < shown.count else { return }
      // A second press on a row chooses it, as one on its number does.
      let chooses = place == row || mouse.x < layout.rows.x + RunTable.markWidth
      select(place)
      if chooses { choose() }
    case .press, .drag, .release: break
    }
  }

  /// The rows of the list in view.
  func visibleRows(_ layout: RunListLayout) -> Range<Int> {
    ListWindow.visible(
      count: shown.count, height: layout.rows.height, selected: selectedRow, first: firstRow)
  }
}
