import Localization
import TerminalUI

/// What can be done with the thing under the mouse or at the cursor, each with the key that does it too.
package struct MenuOverlay: Overlay {
  /// One thing that can be done.
  struct Entry: Sendable {
    let text: String
    let command: String
    /// The keys that do the same, or the command as it is typed.
    let keys: String
    /// Why the run cannot do it, as a sentence; nil where it can.
    let obstacle: String?

    /// The entry of a command; nil where there is no such command.
    init?(_ text: String, _ command: String, _ state: DebuggerState) {
      guard let row = (try? ConsoleParser.head(of: Array(command), state.commands))?.row else { return nil }
      let rest = command.dropFirst(row.name.count).drop { $0 == " " }
      (self.text, self.command) = (text, command)
      obstacle = row.obstacle(state)
      keys =
        row.name == TypeCommand.name
        ? ":\(rest.prefix { $0 != " " })"
        : rest.isEmpty && !row.bindings.isEmpty ? KeyText.of(row.bindings[0].key) : ":\(command)"
    }
  }

  private let title: String
  private let entries: [Entry]
  private let place: (x: Int, y: Int)
  private var chosen = 0

  /// A menu beside a cell.
  init(title: String, entries: [Entry], x: Int, y: Int) {
    (self.title, self.entries, place) = (title, entries, (x, y))
  }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    switch key {
    case .up, .backTab: move(by: -1)
    case .down, .tab: move(by: 1)
    case .home: chosen = 0
    case .end: chosen = entries.count - 1
    case .enter, .character(" "):
      state.carryOut(entries[chosen].command, .standard)
      return .closed
    case .escape, .left, .right, .pageUp, .pageDown: return .closed
    default: return .passed
    }
    return .open
  }

  package mutating func scroll(by rows: Int, _ state: DebuggerState) { move(by: rows) }

  private mutating func move(by rows: Int) {
    chosen = (chosen + rows % entries.count + entries.count) % entries.count
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let texts = entries.map(\.text.count).max() ?? 0
    let keys = entries.map(\.keys.count).max() ?? 0
    let width = min(area.width, max(texts + 2 + keys, title.count) + 4)
    let height = min(area.height, entries.count + 2)
    let box = Rect(
      x: max(area.x, min(place.x, area.maxX - width)), y: max(area.y, min(place.y + 1, area.maxY - height)),
      width: width, height: height)
    buffer.fill(box, with: .blank)
    let frame = Frame(
      title: TextLine(title, .foreground(Accents.focus).bold), style: .foreground(Accents.focus))
    frame.draw(into: &buffer, area: box)
    let inside = frame.inside(box)
    let visible = ListWindow.visible(
      count: entries.count, height: inside.height, selected: chosen, first: 0)
    for (row, index) in visible.enumerated() {
      let entry = entries[index]
      let line = inside.row(row)
      let muted = Style.foreground(Accents.muted)
      let isDim = entry.obstacle != nil
      TextLine(entry.text, isDim ? muted.dim : .plain).draw(
        into: &buffer, area: line.inset(left: 1, right: 1))
      TextLine(entry.keys, isDim ? muted.dim : .foreground(Accents.focus))
        .draw(into: &buffer, area: line.inset(left: 1, right: 1), alignment: .right)
      if index == chosen { buffer.highlight(line) }
      buffer.add(.command(entry.command), line)
    }
  }
}
