import TerminalUI

/// What clicks do: whatever is drawn says what a click on it does, and the screen is drawn once more to find it.
extension DebuggerState {
  /// Takes a press of the mouse on what can be clicked, or of its right button on anything; false if it is for the pane.
  mutating func click(_ mouse: MouseEvent) -> Bool {
    guard console == nil else { return false }
    if mouse.button == .right {
      overlay = nil
      notice = nil
      openMenu(at: mouse)
      return true
    }
    guard let control = control(under: mouse) else { return false }
    if overlay == nil, let target = ScreenLayout(self).pane(atX: mouse.x, y: mouse.y) {
      pane = target
      measure()
    }
    perform(control)
    return true
  }

  /// What a click there does: on the overlay, where one is open.
  private func control(under mouse: MouseEvent) -> Control? {
    var buffer = Buffer(size: size)
    if let overlay {
      overlay.draw(self, into: &buffer, area: buffer.bounds)
    } else {
      draw(into: &buffer)
    }
    return buffer.control(atX: mouse.x, y: mouse.y)
  }

  /// Does what a control is for.
  mutating func perform(_ control: Control) {
    switch control {
    case .key(let key): press(key)
    case .command(let line):
      (notice, overlay) = (nil, nil)
      carryOut(line, .standard)
    }
  }

  /// Opens the menu of what is under the mouse, or of the focused pane's cursor.
  mutating func openMenu(at mouse: MouseEvent?) {
    let layout = ScreenLayout(self)
    guard mouse.map({ Rect(size).contains(x: $0.x, y: $0.y) }) ?? true else { return }
    if let mouse {
      guard let target = layout.pane(atX: mouse.x, y: mouse.y) else {
        return show(PaneMenu.ofRun, x: mouse.x, y: mouse.y)
      }
      pane = target
      measure()
      choose(under: mouse, in: target)
    }
    let area = areas[pane, default: Rect(.zero)]
    var menu = PaneTable.pane(pane).menu(self, at: mouse, area)
    menu.entries += PaneMenu.ofPane(isZoomed: isZoomed).entries
    if menu.title.isEmpty { menu.title = pane.title }
    show(menu, x: mouse?.x ?? area.x + 2, y: mouse?.y ?? area.y)
  }

  /// Chooses what is under the mouse inside a pane, as a press of the left button does.
  private mutating func choose(under mouse: MouseEvent, in target: PaneID) {
    let area = areas[target, default: Rect(.zero)]
    guard area.contains(x: mouse.x, y: mouse.y) else { return }
    if case .command(let line)? = control(under: mouse) {
      if line.hasPrefix("focus ") { carryOut(line, .standard) }
    } else {
      PaneTable.pane(target).press(MouseEvent(x: mouse.x, y: mouse.y, kind: .press), &self, area)
    }
  }

  private mutating func show(_ menu: PaneMenu, x: Int, y: Int) {
    let entries = menu.entries.compactMap { MenuOverlay.Entry($0.text, $0.command, self) }
    guard !entries.isEmpty else { return }
    overlay = MenuOverlay(title: menu.title, entries: entries, x: x, y: y)
  }
}
