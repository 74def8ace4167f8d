import Localization
import TerminalUI
import Trace

extension ComparisonState {
  /// Draws the whole screen: where they diverge, both curves, and the settings that differ.
  package func draw(into buffer: inout Buffer) {
    let area = buffer.bounds
    guard area.width >= 30, area.height >= 10 else {
      return Paragraph([TextLine(localized("Enlarge the terminal to 30×10, or press q to quit."))])
        .draw(into: &buffer, area: area)
    }
    let muted = Style.foreground(Accents.muted)
    TextLine([Span(" TAPEDECK", Style(attributes: .bold)), Span(localized("  two runs"), muted)])
      .draw(into: &buffer, area: area.row(0))
    let verdict = Paragraph([TextLine(verdict, .foreground(step == nil ? Accents.good : Accents.warning))])
    let room = area.inset(left: 1, right: 1)
    let verdictHeight = min(3, verdict.rows(width: room.width).count)
    verdict.draw(into: &buffer, area: Rect(x: room.x, y: 1, width: room.width, height: verdictHeight))
    let body = area.inset(top: 1 + verdictHeight, bottom: 1)
    let tableHeight = min(body.height / 3, max(4, settings.count + 3))
    let chartArea = body.inset(bottom: tableHeight)
    frame(localized("Loss"), trailing: look).draw(into: &buffer, area: chartArea) {
      chart($0).draw(into: &$0, area: $1)
    }
    let table = Rect(x: body.x, y: chartArea.maxY, width: body.width, height: tableHeight)
    frame(localized("Settings that differ")).draw(into: &buffer, area: table) { buffer, area in
      guard !settings.isEmpty else {
        return TextLine(localized("none"), muted).draw(into: &buffer, area: area)
      }
      settingsTable.draw(into: &buffer, area: area)
    }
    KeyHints([
      .init("q", localized("quit")), .init("y", localized("log axis")), .init("v", localized("validation")),
      .init("↑↓", localized("settings")),
    ]).draw(into: &buffer, area: area.row(area.height - 1).inset(left: 1))
  }

  private var look: TextLine {
    let words = [
      showsValidation ? localized("validation") : localized("train"), isLogarithmic ? localized("log") : nil,
    ]
    return TextLine(words.compactMap { $0 }.joined(separator: "  "), .foreground(Accents.muted))
  }

  private func frame(_ title: String, trailing: TextLine = "") -> Frame {
    Frame(title: TextLine(title, Style(attributes: .bold)), trailing: trailing)
  }

  private func chart(_ buffer: Buffer) -> LineChart {
    let series = [left, right].enumerated().map { index, run in
      ChartSeries(
        run.name, points: points(run), style: .foreground(Accents.series[index]),
        // Colours tell the curves apart, so they need no patterns.
        pattern: buffer.capabilities.colorSupport == .none ? nil : .solid)
    }
    return LineChart(series, isLogarithmic: isLogarithmic, cursor: step.map(Double.init))
  }

  private func points(_ run: Run) -> [ChartPoint] {
    guard showsValidation else {
      return run.losses.map { ChartPoint(x: Double($0.step), y: Double($0.loss)) }
    }
    return run.epochs.compactMap { result in
      result.validationLoss.map { ChartPoint(x: Double(result.step), y: $0) }
    }
  }

  private var settingsTable: Table {
    let longest = settings.map(\.name.count).max() ?? 0
    return Table(
      columns: [
        .init("", .fixed(longest + 2)), .init(left.name, .fill(1)), .init(right.name, .fill(1)),
      ],
      rows: settings.map { [TextLine($0.name), TextLine($0.left), TextLine($0.right)] },
      firstRow: firstSetting)
  }
}
