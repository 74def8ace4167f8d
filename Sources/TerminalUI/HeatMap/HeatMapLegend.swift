import Localization
import Numbers

/// The row below a heat map that says which colour is which number.
struct HeatMapLegend: Widget {
  /// A remark, after the mark it explains.
  struct Note {
    let shade: HeatMapScale.Shade?
    let text: String
  }

  let painter: HeatMapPainter
  /// Remarks, the most important first; those that do not fit are left out.
  let notes: [Note]

  func draw(into buffer: inout Buffer, area: Rect) {
    let style = Style.foreground(Accents.muted)
    var low = Self.text(painter.scale.low)
    let high = Self.text(painter.scale.high)
    var x = area.x
    if painter.scale.low == painter.scale.high {
      x = buffer.draw(localized("all "), x: x, y: area.y, style: style)
      x = draw(painter.scale.shade(painter.scale.low), into: &buffer, x: x, y: area.y)
      x = buffer.draw(" " + low, x: x, y: area.y)
    } else {
      // The bar makes room for all remarks or at least for the first, as far as it stays a bar.
      let room = area.width - low.count - high.count - 2
      let widths = notes.map { $0.text.count + ($0.shade == nil ? 2 : 4) }
      let remarks = widths.reduce(0, +)
      var length = min(25, max(min(7, room), room - (room - remarks >= 7 ? remarks : widths.first ?? 0)))
      // Where there is room, the bar keeps its place while the numbers change.
      let indent = NumberText.measureWidth - low.count
      if indent > 0, room - remarks - 2 * indent >= 9 {
        low = String(repeating: " ", count: indent) + low
        length = min(25, room - remarks - 2 * indent)
      }
      x = buffer.draw(low, x: x, y: area.y)
      if length >= 3 { x = drawBar(into: &buffer, x: x + 1, y: area.y, length: length) }
      x = buffer.draw(high, x: x + 1, y: area.y)
    }
    for note in notes {
      let width = note.text.count + (note.shade == nil ? 0 : 2)
      guard x + 2 + width <= area.maxX else { return }
      x += 2
      if let shade = note.shade { x = draw(shade, into: &buffer, x: x, y: area.y) + 1 }
      x = buffer.draw(note.text, x: x, y: area.y, style: style)
    }
  }

  private func draw(_ shade: HeatMapScale.Shade, into buffer: inout Buffer, x: Int, y: Int) -> Int {
    buffer[x, y] = painter.cell(shade)
    return x + 1
  }

  /// The colours from low to high, and the place of zero where it lies between.
  private func drawBar(into buffer: inout Buffer, x: Int, y: Int, length: Int) -> Int {
    // An odd length, so that zero has a cell of its own.
    let length = length % 2 == 0 && painter.scale.isDiverging ? length - 1 : length
    for index in 0..<length {
      let level = index * (ColorMap.levelCount - 1) / (length - 1)
      buffer[x + index, y] = painter.cell(.level(level))
    }
    if painter.scale.isDiverging {
      let middle = x + length / 2
      let background = buffer[middle, y].style.background
      let style = Style(foreground: background.contrasting, background: background)
      buffer[middle, y] = Cell("0", style: style)
    }
    return x + length
  }

  private static func text(_ value: Float) -> String { NumberText.measure(Double(value)) }
}
