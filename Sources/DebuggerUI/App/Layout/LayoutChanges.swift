import Localization
import TerminalUI

extension DebuggerState {
  /// Shows a layout as it is made, whatever was closed or resized.
  mutating func choose(_ preset: LayoutPreset) {
    layout.choose(preset)
    (isZoomed, guide.keepsPlace) = (false, false)
    if let pane = PaneTable.ids.first(where: { $0.name == preset.order[0] }) { self.pane = pane }
    notice = Notice(layoutWords)
  }

  /// Which panes the layout shows, and how to reach those for which there is no room, in one line.
  private var layoutWords: String {
    let missing = panesWithoutRoom
    let order = layout.preset.fitting(width: size.width).order
    let shown = ScreenLayout(self).panes.map(\.pane).sorted { left, right in
      let places = [left, right].map { pane in order.firstIndex(of: pane.name) ?? .max }
      return places[0] < places[1]
    }
    let words = localized("Layout \(layout.preset.name): \(Self.titles(shown))")
    guard !missing.isEmpty else { return words }
    let keys = missing.map { pane in
      [PaneTable.digit(of: pane).map(String.init), pane.title.lowercased()].compactMap(\.self)
        .joined(separator: " ")
    }
    let line = localized("\(words); more by key: \(keys.joined(separator: ", "))")
    return line.count < size.width ? line : localized("\(words); tab goes to \(missing.count) more")
  }

  private static func titles(_ panes: [PaneID]) -> String {
    panes.map { $0.title.lowercased() }.joined(separator: ", ")
  }

  /// The panes of the layout that have something to show and no place on the screen.
  var panesWithoutRoom: [PaneID] {
    let shown = ScreenLayout(self).panes.map(\.pane)
    return layout.preset.fitting(width: size.width).order.compactMap { name in
      PaneTable.ids.first { $0.name == name }
    }.filter {
      !shown.contains($0) && !layout.closed.contains($0.name) && PaneTable.pane($0).hasContent(self)
    }
  }

  /// Whether a pane has a place on the screen.
  func isShown(_ pane: PaneID) -> Bool { ScreenLayout(self).panes.contains { $0.pane == pane } }

  /// Opens a pane, also one that the layout does not show by itself, and goes to it.
  mutating func open(_ pane: PaneID) {
    layout.closed.remove(pane.name)
    if !layout.preset.order.contains(pane.name) { layout.opened.insert(pane.name) }
    (self.pane, isZoomed) = (pane, false)
  }

  /// Closes a pane; the focus goes to another one that is shown.
  mutating func close(_ pane: PaneID) {
    isZoomed = false
    let others = ScreenLayout(self).panes.map(\.pane).filter { $0 != pane }
    guard let next = others.contains(self.pane) ? self.pane : others.first else {
      notice = .problem(localized("This is the only open pane: the digits open others."))
      return
    }
    if layout.opened.remove(pane.name) == nil || layout.preset.order.contains(pane.name) {
      layout.closed.insert(pane.name)
    }
    if pane == .guide { guide.keepsPlace = false }
    self.pane = next
    notice = Notice(
      localized("\(pane.title) is closed: 'open \(pane.name)' opens it again."))
  }

  /// A pane that has been gone to is open from then on.
  mutating func keepPaneOpen() {
    if layout.closed.contains(pane.name) { layout.closed.remove(pane.name) }
  }

  /// The pane some places after another, of those that are not closed.
  func openPane(_ step: Int, after pane: PaneID) -> PaneID {
    var next = PaneTable.pane(step, after: pane)
    while layout.closed.contains(next.name), next != pane { next = PaneTable.pane(step, after: next) }
    return next
  }

  /// Makes the focused pane larger or smaller, in both directions in which it has a neighbour.
  mutating func resize(by step: Int) {
    isZoomed = false
    let splits = ScreenLayout(self).splits
    var hasChanged = false
    for (axis, cells) in [(LayoutAxis.rows, 2), (.columns, 4)] {
      guard
        let split = splits.last(where: { $0.axis == axis && $0.parts.contains { $0.panes.contains(pane) } }),
        let place = split.parts.firstIndex(where: { $0.panes.contains(pane) })
      else { continue }
      let isLast = place == split.parts.count - 1
      let lengths = split.lengths(
        movingBorder: isLast ? place - 1 : place, by: (isLast ? -1 : 1) * step * cells)
      hasChanged = hasChanged || !lengths.isEmpty
      layout.shares.merge(lengths) { $1 }
    }
    if !hasChanged { notice = .problem(localized("There is no other pane beside this one.")) }
  }

  /// Moves a border with the mouse; true where the event is used up.
  ///
  /// A press on a border does what it does in its pane, too: titles are there.
  mutating func useBorder(_ mouse: MouseEvent) -> Bool {
    switch mouse.kind {
    case .press:
      layout.grip = ScreenLayout(self).border(atX: mouse.x, y: mouse.y).map { split, border in
        LayoutState.Grip(split: split, border: border, start: split.axis == .columns ? mouse.x : mouse.y)
      }
      return false
    case .drag:
      guard let grip = layout.grip else { return false }
      let place = grip.split.axis == .columns ? mouse.x : mouse.y
      let moved = max(-1_000, min(place, 1_000)) - grip.start
      if moved != 0 || !layout.shares.isEmpty {
        layout.shares.merge(grip.split.lengths(movingBorder: grip.border, by: moved)) { $1 }
      }
      return true
    case .release:
      defer { layout.grip = nil }
      return layout.grip != nil
    case .wheelUp, .wheelDown: return false
    }
  }
}
