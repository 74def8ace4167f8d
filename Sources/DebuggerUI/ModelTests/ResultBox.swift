import Localization
import TerminalUI

/// A box with a picture, and below it what it shows and the keys.
struct ResultBox {
  let title: String
  let color: Color
  let conclusion: String
  /// The keys and what each of them does.
  var keys = [(key: localized("esc"), answer: localized("close"))]

  /// Draws the box over as much of an area as it can use; `picture` draws above the text.
  func draw(
    into buffer: inout Buffer, _ area: Rect, wanted: Size, picture: (inout Buffer, Rect) -> Void
  ) {
    let width = min(area.width - 4, wanted.width)
    let text = TextLine(conclusion, .foreground(color).bold).wrapped(width: max(1, width - 4))
    let height = min(area.height - 2, wanted.height + text.count + 5)
    guard width > 4, height > 4 else { return }
    let box = area.centered(Size(width: width, height: height))
    buffer.fill(box, with: .blank)
    let frame = Frame(title: TextLine(title, .foreground(color).bold), style: .foreground(color))
    frame.draw(into: &buffer, area: box)
    let rows = frame.inside(box).inset(left: 1, right: 1).splitRows([
      .fill(1), .fixed(1), .fixed(text.count), .fixed(1), .fixed(1),
    ])
    picture(&buffer, rows[0])
    Paragraph(text, wraps: false).draw(into: &buffer, area: rows[2])
    KeyChoices.line(keys).draw(into: &buffer, area: rows[4])
  }

  /// Whether a key closes such a box.
  static func closes(_ key: Key) -> Bool { [.enter, .escape, .character("q")].contains(key) }
}

extension Buffer {
  /// Draws a chart whose curves are told apart by colours where there are any, and by patterns elsewhere. Names for which
  /// there is no room beside the title are in rows of their own below the curves.
  mutating func draw(_ chart: LineChart, _ area: Rect) {
    var chart = chart
    if capabilities.colorSupport != .none {
      for index in chart.series.indices { chart.series[index].pattern = .solid }
    }
    var names: [TextLine] = []
    if area.height >= 8, chart.title.width + 1 + chart.legend(capabilities).width > area.width {
      names = chart.legendRows(capabilities, width: area.width)
      for index in chart.series.indices { chart.series[index].name = "" }
    }
    chart.draw(into: &self, area: area.inset(bottom: names.count))
    for (row, line) in names.enumerated() {
      line.draw(into: &self, area: area.row(area.height - names.count + row))
    }
  }
}
