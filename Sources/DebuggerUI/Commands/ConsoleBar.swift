import Localization
import TerminalUI

/// The command line at the foot of the screen, what Tab offers above it, and what is wrong below it.
struct ConsoleBar: Widget {
  private let state: DebuggerState
  private let console: Console
  private let table: CommandTable

  init(_ state: DebuggerState, _ console: Console, _ table: CommandTable) {
    self.state = state
    self.console = console
    self.table = table
  }

  /// Draws as many of the area's last rows as are needed.
  func draw(into buffer: inout Buffer, area: Rect) {
    let below = problemLines(width: area.width)
    let rows = area.inset(top: max(0, area.height - 2 - below.count))
    buffer.fill(rows, with: .blank)
    offer(width: rows.width - 2).draw(into: &buffer, area: rows.row(0).inset(left: 1))
    let line = rows.row(1)
    TextLine(":", .foreground(Accents.focus).bold).draw(into: &buffer, area: line.inset(left: 1))
    TextInputLine(console.input).draw(into: &buffer, area: inputArea(line))
    for (row, text) in below.enumerated() { text.draw(into: &buffer, area: rows.row(2 + row)) }
  }

  private func inputArea(_ line: Rect) -> Rect { line.inset(left: 2, right: 1) }

  /// The candidates; where there are none, what the command takes.
  private func offer(width: Int) -> TextLine {
    let completion = console.cycle?.completion ?? Completion.at(console.input.textBeforeCursor, table, state)
    let head = try? ConsoleParser.head(of: console.input.characters, table)
    if !completion.candidates.isEmpty, console.cycle != nil || completion.candidates.count > 1 || head == nil
    {
      return candidates(completion, width: width)
    }
    guard let row = head?.row else { return TextLine() }
    return TextLine([
      Span(row.typed, .foreground(Accents.focus)),
      Span(row.obstacle(state) == nil ? "" : "  " + HelpOverlay.notHere, .foreground(Accents.warning)),
      Span("  \(row.help)", .foreground(Accents.muted)),
      Span(
        row.example.isEmpty ? "" : localized("  for example \(row.name) \(row.example)"),
        .foreground(Accents.muted)),
    ])
  }

  /// As many candidates as fit, so that the chosen one is among them.
  private func candidates(_ completion: Completion, width: Int) -> TextLine {
    let chosen = console.cycle?.chosen
    var first = 0
    func end(from start: Int) -> Int {
      var (used, end) = (0, start)
      while end < completion.candidates.count {
        used += completion.candidates[end].text.count + (end > start ? 2 : 0)
        if used > width - 2 { break }
        end += 1
      }
      return max(end, start + 1)
    }
    while let chosen, chosen >= end(from: first) { first = end(from: first) }
    let last = end(from: first)
    var line = TextLine(first > 0 ? "… " : "", .foreground(Accents.muted))
    for place in first..<min(last, completion.candidates.count) {
      if place > first { line.append("  ") }
      let style = place == chosen ? Style.reverse : .foreground(Accents.muted)
      line.append(completion.candidates[place].text, style)
    }
    if last < completion.candidates.count { line.append(" …", .foreground(Accents.muted)) }
    return line
  }

  /// The caret under the character that is wrong, and the sentence: beside it, or below where it is long.
  private func problemLines(width: Int) -> [TextLine] {
    guard let problem = console.problem else { return [] }
    let style = Style.foreground(Accents.bad)
    let input = inputArea(Rect(x: 0, y: 0, width: width, height: 1))
    let column = problem.column.flatMap { TextInputLine(console.input).column(of: $0, width: input.width) }
    guard let column else { return sentence(problem.message, width, style) }
    let indent = String(repeating: " ", count: input.x + column)
    if input.x + column + 2 + problem.message.count < width {
      return [TextLine([Span("\(indent)^ ", style.bold), Span(problem.message, style)])]
    }
    return [TextLine("\(indent)^", style.bold)] + sentence(problem.message, width, style)
  }

  private func sentence(_ text: String, _ width: Int, _ style: Style) -> [TextLine] {
    TextLine(text, style).wrapped(width: max(1, width - 3)).map { TextLine("  ") + $0 }
  }
}
