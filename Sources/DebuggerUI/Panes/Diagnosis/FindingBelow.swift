import TerminalUI
import Trace

/// Where the list of findings is, and the text of the chosen one below it.
struct DiagnosisRooms {
  let list: Rect
  /// Below a line that parts both; empty where there is too little room.
  let text: Rect

  /// The rows of text that are worth the room, and those of the list that are left to it.
  private static let (leastText, leastList) = (10, 3)

  init(_ state: DebuggerState, _ area: Rect) {
    let count = state.diagnosis.shown.count
    let most = area.height - 1 - max(Self.leastText, area.height / 2)
    guard count > 0, most >= min(count, Self.leastList) else {
      (list, text) = (area, Rect(.zero))
      return
    }
    let parts = area.splitRows([.fixed(min(count, most)), .fill(1)])
    (list, text) = (parts[0], parts[1])
  }
}

/// The chosen finding's text below the list: what opening it would show.
struct FindingBelow: Widget {
  private let finding: Finding
  private let state: DebuggerState

  /// The text of the chosen finding; nil where there is none.
  init?(_ state: DebuggerState) {
    guard let finding = state.diagnosis.choice else { return nil }
    (self.finding, self.state) = (finding, state)
  }

  /// The first row when the text is scrolled to its end; nil where all of it is in view.
  static func lastRow(_ state: DebuggerState, _ area: Rect) -> Int? {
    let room = DiagnosisRooms(state, area).text
    guard let below = FindingBelow(state), !room.isEmpty else { return nil }
    let hidden = below.lines(width: room.width).count - (room.height - 1)
    return hidden > 0 ? hidden : nil
  }

  private func lines(width: Int) -> [TextLine] { FindingText(finding, state).lines(width: width - 1) }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard area.height > 1 else { return }
    let line = Cell(buffer.capabilities.glyphs.plain.horizontal, style: .foreground(Accents.border))
    buffer.fill(area.row(0), with: line)
    let room = area.inset(top: 1)
    let lines = lines(width: room.width)
    let visible = ListWindow.visible(
      count: lines.count, height: room.height, selected: nil, first: state.diagnosis.row)
    for (row, line) in lines[visible].enumerated() { line.draw(into: &buffer, area: room.row(row)) }
    ScrollBar(total: lines.count, visible: visible)
      .draw(into: &buffer, area: Rect(x: room.maxX - 1, y: room.y, width: 1, height: room.height))
  }
}
