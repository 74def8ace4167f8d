import TerminalUI

/// The keys, over the panes; made from the table that obeys them.
struct HelpOverlay: Widget {
  let firstRow: Int

  /// The text, line by line: the groups, with an empty line between.
  static var lines: [TextLine] {
    Array(KeyMap.groups.map(lines).joined(separator: [TextLine("")]))
  }

  private static func lines(_ group: KeyMap.Group) -> [TextLine] {
    [TextLine(group.heading, .foreground(Accents.warning).bold)]
      + group.entries.filter { !$0.label.isEmpty }.map { entry in
        let padding = String(repeating: " ", count: max(1, 14 - entry.label.count))
        return TextLine([
          Span("  \(entry.label)\(padding)", .foreground(Accents.focus).bold), Span(entry.help),
        ])
      }
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    let lines = HelpOverlay.lines
    let width = (lines.map(\.width).max() ?? 0) + 4
    let box = area.centered(Size(width: width, height: min(lines.count + 2, area.height - 2)))
    let more = lines.count > box.height - 2 ? "↑ ↓ scroll  " : ""
    buffer.fill(box, with: .blank)
    let frame = Frame(
      title: TextLine("Keys", .bold), trailing: TextLine("\(more)esc closes"), isFocused: true)
    frame.draw(into: &buffer, area: box)
    let inside = frame.inside(box).inset(left: 1, right: 1)
    for (row, line) in lines.dropFirst(firstRow).prefix(inside.height).enumerated() {
      line.draw(into: &buffer, area: inside.row(row))
    }
  }
}
