import Localization
import Numbers

/// The names of the curves, and how they are drawn.
extension LineChart {
  /// The names of the curves, each with a piece of its line, on the colour of the area below it; in few words where
  /// there is little room, and closer together where there is less.
  package func legend(
    _ capabilities: TerminalCapabilities, isBrief: Bool = false, isDense: Bool = false
  ) -> TextLine {
    entries(capabilities, isBrief: isBrief, isDense: isDense).reduce(into: TextLine()) { line, entry in
      if !line.spans.isEmpty { line.append(isDense ? " " : "  ") }
      line = line + entry
    }
  }

  /// The same in rows of a width, no name of which is broken.
  package func legendRows(_ capabilities: TerminalCapabilities, width: Int) -> [TextLine] {
    entries(capabilities).reduce(into: []) { rows, entry in
      if let last = rows.last, last.width + 2 + entry.width <= width {
        rows[rows.count - 1] = last + TextLine("  ") + entry
      } else {
        rows.append(entry)
      }
    }
  }

  private func entries(
    _ capabilities: TerminalCapabilities, isBrief: Bool = false, isDense: Bool = false
  ) -> [TextLine] {
    let filled = filledCurve(capabilities)
    return series.enumerated().filter { !$0.element.name.isEmpty }.map { index, curve in
      var line = TextLine(
        String(Self.sample(pattern(index), index, capabilities).prefix(isDense ? 1 : 2)),
        index == filled ? curve.style.background(Self.tint(curve.style)) : curve.style)
      line.append(" " + curve.name)
      if let pointer, let point = curve.point(at: pointer) {
        // A mean of several steps is not the value of one.
        line.append((point.isSpread ? " ~" : " ") + valueText(point.y), curve.style.bold)
        // The line to the next point says nothing about the steps between.
        if pointer - point.x >= 1, !curve.isHeld {
          let step = NumberText.grouped(Int(bounded: point.x, to: 0...1 << 48))
          line.append(isBrief ? " @\(step)" : " " + localized("at step \(step)"), axisStyle)
        }
      }
      return line
    }
  }

  func drawLegend(_ notes: [TextLine], into buffer: inout Buffer, _ area: Rect) {
    let long = legend(buffer.capabilities)
    let room = area.width - (title.spans.isEmpty ? 0 : title.width + 1)
    let brief = long.width <= room ? long : legend(buffer.capabilities, isBrief: true)
    var legend =
      brief.width <= room ? brief : legend(buffer.capabilities, isBrief: true, isDense: true)
    for note in notes where legend.width + note.width <= room { legend = legend + note }
    guard !title.spans.isEmpty else { return legend.draw(into: &buffer, area: area, alignment: .right) }
    let end = buffer.draw(title, x: area.x, y: area.y, maxWidth: area.width) + 1
    guard end < area.maxX else { return }
    let rest = area.inset(left: end - area.x)
    legend.draw(into: &buffer, area: rest, alignment: legend.width <= rest.width ? .right : .left)
  }
}
