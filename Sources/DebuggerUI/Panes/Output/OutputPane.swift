import Localization
import Numbers
import TerminalUI
import Trace

/// What the script has written, the newest last; above it the user's file around the operator, where there is room.
struct OutputPane: Pane {
  static let id = PaneID.output
  static let corner = ScreenCorner.bottomLeft

  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  var heading: TextLine {
    let count = state.output.lines.count + state.output.dropped
    return count == 0 ? "" : TextLine(" \(NumberText.grouped(count))", .foreground(Accents.muted))
  }

  /// The file that is shown above the output: around a frame of the traceback, or around the operator.
  private var source: SourceExcerpt? {
    let output = state.output
    let frame = output.frame.flatMap { output.traceback.indices.contains($0) ? output.traceback[$0] : nil }
    return frame ?? state.moment?.source
  }

  var trailing: TextLine {
    guard let source else { return TextLine() }
    return TextLine("\(source.file):\(source.line)", .foreground(Accents.muted))
  }

  func footer(width: Int) -> TextLine {
    guard let find = state.output.find else { return TextLine() }
    return TextLine(
      "/\(find.text.suffix(max(0, width - 2)))\(find.isTyping ? "▏" : "")", .foreground(Accents.focus))
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    let rooms = rooms(area)
    if let source, rooms.source.height > 0 {
      SourceView(source: source, faults: state.faultyLines(in: source)).draw(
        into: &buffer, area: rooms.source.inset(bottom: 1))
      let line = String(
        repeating: buffer.capabilities.glyphs.isUnicode ? "┈" : "-", count: rooms.source.width)
      TextLine(line, .foreground(Accents.muted))
        .draw(into: &buffer, area: rooms.source.row(rooms.source.height - 1))
    }
    let lines = state.output.lines
    guard !lines.isEmpty else {
      let text =
        state.description?.isScript == true
        ? localized("the script has written nothing yet")
        : localized("only scripts write here: tapedeck torch SCRIPT")
      return Paragraph([TextLine(text, .foreground(Accents.muted))]).draw(into: &buffer, area: rooms.output)
    }
    let shown = lines[visible(rooms.output)]
    let hasTime = area.width >= OutputPane.widthForTime
    let digits = NumberText.grouped(shown.map(\.step).max() ?? 0).count
    for (row, line) in shown.enumerated() {
      OutputPane.line(line, digits: digits, hasTime: hasTime).draw(into: &buffer, area: rooms.output.row(row))
      if state.output.isFound(line) { buffer.highlight(rooms.output.row(row)) }
    }
    let bar = Rect(x: area.maxX - 1, y: rooms.output.y, width: 1, height: rooms.output.height)
    ScrollBar(total: lines.count, visible: shown.startIndex..<shown.endIndex).draw(into: &buffer, area: bar)
  }

  /// The user's file above the output, where there is room for both.
  private func rooms(_ area: Rect) -> (source: Rect, output: Rect) {
    guard source != nil, area.height >= 8 else { return (Rect(.zero), area) }
    let parts = area.splitRows([.fill(1), .fill(1)])
    return (parts[0], parts[1])
  }

  /// The line in a row of the pane; nil for the file above, and below the last.
  func line(atRow row: Int, _ area: Rect) -> OutputLine? {
    let room = rooms(area).output
    let shown = visible(room)
    let place = shown.lowerBound + row - (room.y - area.y)
    return row >= room.y - area.y && shown.contains(place) ? state.output.lines[place] : nil
  }

  /// The lines in view.
  private func visible(_ room: Rect) -> Range<Int> {
    let count = state.output.lines.count
    let end = min(count, (state.output.last ?? count - 1) + 1)
    return max(0, end - room.height)..<end
  }

  /// The columns from which on lines have their time.
  private static let widthForTime = 56

  /// `0:12  300 a line`, the time and the step faint, and what went to standard error marked.
  private static func line(_ line: OutputLine, digits: Int, hasTime: Bool) -> TextLine {
    let time = hasTime ? line.seconds.map { NumberText.clock($0) + " " } ?? "" : ""
    let step = line.step == 0 ? "" : NumberText.grouped(line.step)
    let pad = String(repeating: " ", count: max(0, digits - step.count))
    return TextLine([
      Span("\(time)\(pad)\(step) ", .foreground(Accents.muted)),
      Span(line.text, line.stream == .error ? .foreground(Accents.warning) : .plain),
    ])
  }
}

/// Lines of a file, with the one in which the operator was called lit, and those marked that findings are about.
struct SourceView: Widget {
  let source: SourceExcerpt
  /// The numbers of the lines that findings are about.
  var faults: Set<Int> = []

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let chosen = source.line - source.firstLine
    let first = max(0, min(chosen - area.height / 2, source.lines.count - area.height))
    for row in 0..<min(area.height, source.lines.count - first) {
      line(first + row).draw(into: &buffer, area: area.row(row))
      if first + row == chosen { buffer.highlight(area.row(row)) }
    }
  }

  /// A line with its number, by its place among the lines.
  func line(_ place: Int) -> TextLine {
    let (number, isLit) = (source.firstLine + place, source.firstLine + place == source.line)
    let digits = "\(source.firstLine + source.lines.count)".count
    let pad = String(repeating: " ", count: max(0, digits - "\(number)".count))
    let isFaulty = faults.contains(number)
    return TextLine([
      Span("\(pad)\(number)", .foreground(isLit ? Accents.warning : Accents.muted)),
      Span(isFaulty ? "⚠" : " ", .foreground(Accents.warning).bold),
      Span(source.lines[place], isLit ? .bold : .plain),
    ])
  }
}
