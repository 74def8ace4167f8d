import Localization
import Numbers
import TerminalUI
import Trace

/// Processor, memory, threads, speed and the recording's size over time; of a script's process too.
struct SystemPane: Pane {
  static let id = PaneID.system
  static let corner = ScreenCorner.bottomRight

  /// The most rows of a chart.
  private static let mostRows = 8
  /// The rows of a chart in a layout in which other panes can use more, and on a large screen.
  private static let (usualRows, largeRows) = (2, 4)

  /// Two rows for each measure, on a large screen four.
  static func wantedHeight(_ state: DebuggerState, width: Int) -> Int? {
    max(2, SystemMeasure.all(state.system.entries).count) * (state.size.height >= 50 ? largeRows : usualRows)
  }

  private let entries: [SystemPaneState.Entry]

  init(_ state: DebuggerState) { entries = state.system.entries }

  var trailing: TextLine {
    guard entries.count > 1 else { return "" }
    return TextLine(localized("last \(NumberText.clock(Double(entries.count)))"), .foreground(Accents.muted))
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !entries.isEmpty else {
      return Paragraph([TextLine(localized("measuring, once a second…"), .foreground(Accents.muted))])
        .draw(into: &buffer, area: area)
    }
    let rows = SystemMeasure.all(entries)
    // Each measure gets as many rows as there are, the first ones first where there are too few.
    let height = min(SystemPane.mostRows, max(1, area.height / max(1, rows.count)))
    let shown = rows.prefix(max(1, area.height / height))
    let widths = (
      name: min(rows.map(\.name.count).max() ?? 0, area.width / 3), text: rows.map(\.text.count).max() ?? 0
    )
    for (place, measure) in shown.enumerated() {
      let row = Rect(x: area.x, y: area.y + place * height, width: area.width, height: height)
      draw(measure, into: &buffer, row, widths)
    }
  }

  private func draw(
    _ measure: SystemMeasure, into buffer: inout Buffer, _ area: Rect, _ widths: (name: Int, text: Int)
  ) {
    let parts = area.splitColumns([.fixed(widths.name), .fixed(1), .fill(1), .fixed(1), .fixed(widths.text)])
    TextLine(measure.name, .foreground(Accents.muted)).draw(into: &buffer, area: parts[0])
    TextLine(measure.text).draw(into: &buffer, area: parts[4], alignment: .right)
    // A line stays free between charts that are higher than one.
    let chart = area.height > 1 ? parts[2].inset(bottom: 1) : parts[2]
    SystemChart(values: measure.values, top: measure.top, color: measure.color)
      .draw(into: &buffer, area: chart)
  }
}

/// Columns that grow from the bottom, one for each measurement, the newest at the right.
struct SystemChart: Widget {
  let values: [Double?]
  /// What a full column stands for.
  let top: Double
  let color: Color

  /// The width is divided among at least this many measurements.
  private static let leastShown = 30

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty, top > 0 else { return }
    let steps = buffer.capabilities.glyphs.verticalBars
    // A few measurements are wide columns.
    let width = max(1, area.width / max(SystemChart.leastShown, values.count))
    let shown = values.suffix(area.width / width)
    for (place, value) in shown.enumerated() {
      guard let value, value.isFinite, value >= 0, let full = steps.last else { continue }
      let x = area.maxX - (shown.count - place) * width
      // What is measured is seen, however little it is.
      let parts = max(1, Int((min(1, value / top) * Double(area.height * steps.count)).rounded()))
      for row in 0..<area.height {
        let left = parts - row * steps.count
        guard left > 0 else { break }
        let glyph = left >= steps.count ? full : steps[left - 1]
        let cells = Rect(x: x, y: area.maxY - 1 - row, width: width, height: 1)
        buffer.fill(cells, with: Cell(glyph, style: .foreground(color)))
      }
    }
  }
}
