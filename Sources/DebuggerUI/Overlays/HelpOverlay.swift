import Lessons
import Localization
import TerminalUI

/// Keys and commands, over the panes. Letters narrow them down.
package struct HelpOverlay: Overlay {
  /// What the help says under one heading.
  struct Section: Sendable {
    let heading: String
    let entries: [Entry]
  }

  /// One command.
  struct Entry: Sendable {
    /// Its keys, as in `up k`; empty where it is only typed.
    let keys: String
    /// The command as it is typed, `:goto STEP`.
    let typed: String
    /// What it does.
    let text: String
    /// Why this run cannot do it, as a sentence; nil where it can.
    let obstacle: String?
    /// Other words that a search finds it by.
    var alsoCalled = ""
  }

  private let sections: [Section]
  /// The signs and words that a search also finds.
  private let words: Lessons?
  /// The first row of the text that is shown.
  package private(set) var row = 0
  /// What the entries are narrowed down to.
  package private(set) var search = TextInput()

  /// The help with these sections, and the glossary of the teaching texts.
  init(_ sections: [Section], words: Lessons? = nil) { (self.sections, self.words) = (sections, words) }

  private static let widthOfKeys = 11
  private static let widthOfCommands = 20
  private static let largestWidth = 100
  /// Words of so many letters do not count beside longer ones.
  private static let shortest = 2

  private func lastRow(_ size: Size) -> Int {
    max(0, lines(matching: search.text, width: size.width).count - max(0, size.height - 4))
  }

  // Before anything is typed, characters that are not letters or digits are the keys that the help is about.
  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    switch key {
    case .up: scroll(by: -1, state)
    case .down: scroll(by: 1, state)
    case .pageUp: scroll(by: -10, state)
    case .pageDown: scroll(by: 10, state)
    case .home: row = 0
    case .end: row = lastRow(state.size)
    case .function(1), .enter: return .closed
    case .escape where isNarrowed: narrow(TextInput())
    case .escape: return .closed
    case .character("?") where !isNarrowed: return .closed
    case .character("/") where !isNarrowed: narrow(TextInput("/"))
    case .character(let character)
    where isNarrowed || character.isLetter || character.isNumber || !character.isASCII:
      type(key)
    case .backspace where isNarrowed: type(key)
    case .control("w"), .control("u"): type(key)
    default: return .ignored
    }
    return .open
  }

  package mutating func scroll(by rows: Int, _ state: DebuggerState) {
    let last = lastRow(state.size)
    row = max(0, min(min(row, last) + rows, last))
  }

  package mutating func insert(_ text: String) {
    search.insert(text)
    row = 0
  }

  private var isNarrowed: Bool { !search.isEmpty }

  private mutating func type(_ key: Key) {
    var search = search
    _ = search.press(key)
    narrow(search)
  }

  private mutating func narrow(_ search: TextInput) { (self.search, row) = (search, 0) }

  /// The text for a screen that wide, line by line: the sections, with an empty line between them.
  ///
  /// An entry matches if it contains every word of the search, but for short ones such as `as` beside others.
  private func lines(matching search: String, width: Int) -> [TextLine] {
    var words = search.drop { $0 == "/" }.lowercased().split(separator: " ")
    if words.contains(where: { $0.count > Self.shortest }) { words.removeAll { $0.count <= Self.shortest } }
    let room = min(width - 4, Self.largestWidth) - 2 - Self.widthOfKeys - Self.widthOfCommands
    let found = sections.map { section in
      let entries = section.entries.filter { entry in
        let text = "\(entry.keys) \(entry.typed) \(entry.text) \(entry.alsoCalled)".lowercased()
        return words.allSatisfy { text.contains($0) }
      }
      return entries.isEmpty
        ? []
        : [TextLine(section.heading, .foreground(Accents.warning).bold)]
          + entries.flatMap { lines($0, room) }
    }
    let parts = found + [wordLines(matching: words, width: width)]
    return Array(parts.filter { !$0.isEmpty }.joined(separator: [TextLine("")]))
  }

  /// The signs and words that a search finds; without one they would be too many.
  private func wordLines(matching search: [Substring], width: Int) -> [TextLine] {
    guard !search.isEmpty, let words else { return [] }
    let entries = words.entries(matching: search.joined(separator: " "))
    guard !entries.isEmpty else { return [] }
    let room = min(width - 4, Self.largestWidth) - 4
    return [TextLine(localized("Words and signs"), .foreground(Accents.warning).bold)]
      + entries.flatMap { GlossaryText.lines($0, width: room).map { TextLine("  ") + $0 } }
  }

  private func lines(_ entry: Entry, _ room: Int) -> [TextLine] {
    let muted = Style.foreground(Accents.muted)
    var text = TextLine(entry.text, entry.obstacle == nil ? .plain : muted.dim)
    if let obstacle = entry.obstacle {
      // The sentences would bury the list: a search shows them.
      let reason = isNarrowed ? ": \(obstacle)" : ""
      text.append(" — " + Self.notHere + reason, .foreground(Accents.warning))
    }
    var rows = text.wrapped(width: max(10, room))
    // A command that is longer than its column may leave no room for the text: that begins below it.
    if let first = rows.first, entry.typed.count + 1 + first.width > Self.widthOfCommands + room {
      rows.insert(TextLine(), at: 0)
    }
    return rows.enumerated().map { row, text in
      TextLine([
        Span(
          "  " + Self.padded(row == 0 ? entry.keys : "", Self.widthOfKeys),
          entry.obstacle == nil ? .foreground(Accents.focus).bold : muted.dim),
        Span(
          Self.padded(row == 0 ? entry.typed : "", Self.widthOfCommands),
          entry.obstacle == nil ? muted : muted.dim),
      ]) + text
    }
  }

  /// The mark of a command that the run at hand cannot do.
  static var notHere: String { localized("not in this run") }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let all = lines(matching: "", width: area.width)
    let lines = search.isEmpty ? all : lines(matching: search.text, width: area.width)
    let width = (all.map(\.width).max() ?? 0) + 4
    // The box keeps its place while the lines in it become fewer.
    let box = area.centered(Size(width: width, height: min(all.count + 2, area.height - 2)))
    let more = lines.count > box.height - 2 ? localized("↑ ↓ scroll  ") : ""
    buffer.fill(box, with: .blank)
    let frame = Frame(
      title: title,
      trailing: TextLine(
        more + (search.isEmpty ? localized("type to search  esc closes") : localized("esc shows all"))),
      isFocused: true)
    frame.draw(into: &buffer, area: box)
    let inside = frame.inside(box).inset(left: 1, right: 1)
    if lines.isEmpty {
      TextLine(localized("No key or command matches."), .foreground(Accents.muted)).draw(
        into: &buffer, area: inside)
    }
    let first = min(row, max(0, lines.count - inside.height))
    for (row, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
      line.draw(into: &buffer, area: inside.row(row))
    }
  }

  private var title: TextLine {
    guard !search.isEmpty else { return TextLine(localized("Keys and commands"), .bold) }
    let slash = search.text.hasPrefix("/") ? "" : "/"
    return TextLine([
      Span(localized("Keys and commands") + " ", .bold),
      Span(slash + search.text, .foreground(Accents.warning)),
    ])
  }
}
