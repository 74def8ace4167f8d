import Lessons
import TerminalUI
import Trace

/// The page with the signs and words, and what they mean.
struct GuideGlossaryPage: Widget {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  func draw(into buffer: inout Buffer, area: Rect) {
    let lines = lines(width: area.width - 1)
    let selected = lines.firstIndex { $0.entry == state.guide.entry }
    let last = lines.lastIndex { $0.entry == state.guide.entry }
    let visible = ListWindow.visible(
      count: lines.count, height: area.height, selected: last, first: (selected ?? 0) - area.height / 3)
    for (row, item) in lines[visible].enumerated() {
      item.line.draw(into: &buffer, area: area.row(row))
      if item.entry == state.guide.entry, item.isFirst { buffer.highlight(area.row(row)) }
    }
    let bar = Rect(x: area.maxX - 1, y: area.y, width: 1, height: area.height)
    ScrollBar(total: lines.count, visible: visible).draw(into: &buffer, area: bar)
  }

  private func lines(width: Int) -> [(entry: Int, isFirst: Bool, line: TextLine)] {
    state.lessons.glossary.enumerated().flatMap { index, entry in
      GlossaryText.lines(entry, width: width).enumerated().map { row, line in (index, row == 0, line) }
    }
  }
}
