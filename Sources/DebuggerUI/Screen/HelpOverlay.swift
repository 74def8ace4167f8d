import TerminalUI

/// Keys and commands, over the panes; made from the table that obeys them.
struct HelpOverlay: Widget {
  /// What the lines are narrowed down to.
  let search: TextInput
  let firstRow: Int

  private static let widthOfKeys = 11
  private static let widthOfCommands = 20
  private static let largestWidth = 100

  /// The rows of the text that fit on a screen.
  static func height(_ size: Size) -> Int { max(0, size.height - 4) }

  /// The text for a screen that wide, line by line: the groups, with an empty line between.
  ///
  /// Every word of the search must stand in an entry, wherever in it.
  static func lines(matching search: String, width: Int) -> [TextLine] {
    let words = search.drop { $0 == "/" }.lowercased().split(separator: " ")
    let groups = CommandTable.groups.map { group in
      CommandTable.Group(heading: group.heading, entries: group.entries.filter { matches($0, words) })
    }
    let room = min(width - 4, largestWidth) - 2 - widthOfKeys - widthOfCommands
    return Array(
      groups.filter { !$0.entries.isEmpty }.map { lines($0, room) }.joined(separator: [TextLine("")]))
  }

  private static func matches(_ entry: CommandEntry, _ words: [Substring]) -> Bool {
    let text = "\(entry.label) \(entry.typed) \(entry.help)".lowercased()
    return words.allSatisfy { text.contains($0) }
  }

  private static func lines(_ group: CommandTable.Group, _ room: Int) -> [TextLine] {
    [TextLine(group.heading, .foreground(Accents.warning).bold)]
      + group.entries.flatMap { entry in
        let help = TextLine(entry.help).wrapped(width: max(10, room))
        return help.enumerated().map { row, text in
          TextLine([
            Span("  " + padded(row == 0 ? entry.label : "", widthOfKeys), .foreground(Accents.focus).bold),
            Span(padded(row == 0 ? entry.typed : "", widthOfCommands), .foreground(Accents.muted)),
          ]) + text
        }
      }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    let all = HelpOverlay.lines(matching: "", width: area.width)
    let lines = search.isEmpty ? all : HelpOverlay.lines(matching: search.text, width: area.width)
    let width = (all.map(\.width).max() ?? 0) + 4
    // The box keeps its place while the lines in it become fewer.
    let box = area.centered(Size(width: width, height: min(all.count + 2, area.height - 2)))
    let more = lines.count > box.height - 2 ? "↑ ↓ scroll  " : ""
    buffer.fill(box, with: .blank)
    let frame = Frame(
      title: title,
      trailing: TextLine("\(more)\(search.isEmpty ? "letters search  esc closes" : "esc shows all")"),
      isFocused: true)
    frame.draw(into: &buffer, area: box)
    let inside = frame.inside(box).inset(left: 1, right: 1)
    if lines.isEmpty {
      TextLine("No key and no command is about that.", .foreground(Accents.muted))
        .draw(into: &buffer, area: inside)
    }
    for (row, line) in lines.dropFirst(firstRow).prefix(inside.height).enumerated() {
      line.draw(into: &buffer, area: inside.row(row))
    }
  }

  private var title: TextLine {
    guard !search.isEmpty else { return TextLine("Keys and commands", .bold) }
    let slash = search.text.hasPrefix("/") ? "" : "/"
    return TextLine([
      Span("Keys and commands ", .bold), Span(slash + search.text, .foreground(Accents.warning)),
    ])
  }
}
