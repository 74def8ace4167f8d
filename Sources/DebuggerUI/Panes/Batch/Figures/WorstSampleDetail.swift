import Localization
import Numbers
import TerminalUI
import Trace

/// One sample with its loss: its picture or its numbers, and what is predicted for it.
struct WorstSampleDetail: Widget {
  let worst: WorstSample
  let imageSize: BatchSnapshot.ImageSize?
  let words: WorstSampleWords

  /// The columns of the words.
  private static let wordsWidth = 32

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let lines = words.lines(worst)
    let isWide = area.width >= Self.wordsWidth + 12
    let parts =
      isWide
      ? area.splitColumns([.fill(1), .fixed(1), .fixed(Self.wordsWidth)])
      : area.splitRows([.fill(1), .fixed(0), .fixed(min(lines.count, area.height / 2))])
    Paragraph(lines, wraps: isWide).draw(into: &buffer, area: parts[2])
    drawSample(into: &buffer, parts[0])
  }

  private func drawSample(into buffer: inout Buffer, _ area: Rect) {
    let values = worst.sample.values
    guard !values.isEmpty else {
      return Paragraph([TextLine(localized("its values are not known here"), .foreground(Accents.muted))])
        .draw(into: &buffer, area: area)
    }
    if let imageSize, values.count == imageSize.rows * imageSize.columns {
      let image = Matrix(rows: imageSize.rows, columns: imageSize.columns, values: values)
      return HeatMap(image, colorMap: .grey, showsLegend: false, keepsProportions: true)
        .draw(into: &buffer, area: area)
    }
    // As many numbers as there is room for, in columns.
    let width = 12
    let perRow = max(1, area.width / width)
    for (place, value) in values.prefix(perRow * max(0, area.height)).enumerated() {
      let line = TextLine([
        Span("\(place) ", .foreground(Accents.muted)), Span(NumberText.measure(Double(value))),
      ])
      line.draw(
        into: &buffer,
        area: Rect(
          x: area.x + place % perRow * width, y: area.y + place / perRow, width: width - 1, height: 1))
    }
  }
}
