import Numbers
import TerminalUI
import Trace

/// A vector as columns from zero upwards and downwards, beside an axis of values, above the places of its entries.
///
/// Neighbouring entries have grounds that differ, so that an entry and its place are seen to belong together.
struct VectorBars: Widget {
  private let values: [Float]
  /// The marked entry; nil for none.
  private let chosen: Int?

  /// The fewest rows in which the columns say more than the picture.
  static let leastHeight = 10
  /// The fewest columns of an entry that has a ground of its own.
  private static let leastGround = 3

  /// The columns of a tensor; nil where it is not a vector, or where there is no room for all of it.
  init?(_ tensor: TensorSnapshot, _ state: DebuggerState, width: Int) {
    let slices = TensorSlices(tensor)
    guard slices.rows == 1, tensor.thinning == nil, tensor.values.count > 1,
      tensor.values.count <= width - NumberText.measureWidth - 1
    else { return nil }
    values = tensor.values
    chosen = state.pane == .node ? state.cell.column : nil
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard area.height >= 3 else { return }
    let finite = values.lazy.filter(\.isFinite).map(Double.init)
    let axis = ChartAxis(
      showing: [min(0, finite.min() ?? 0), max(0, finite.max() ?? 0)], places: area.height - 1, gaps: 2...6)
    let labels = axis.ticks.map(\.label.count).max() ?? 0
    let plot = area.inset(left: labels + 1, bottom: 1)
    let width = plot.width / max(1, values.count)
    guard width > 0 else { return }
    buffer.clipped(to: area) { buffer in
      drawAxis(axis, into: &buffer, plot)
      for (place, value) in values.enumerated() {
        let column = Rect(x: plot.x + place * width, y: plot.y, width: width, height: plot.height)
        if width >= Self.leastGround {
          let ground = Accents.border.mixed(
            with: Accents.background, place.isMultiple(of: 2) ? 0.85 : 0.93)
          buffer.fill(column, with: Cell(" ", style: .plain.background(ground)))
        }
        // A column stays free between bars that are wide enough for it.
        draw(value, axis, into: &buffer, column.inset(right: width > 1 ? 1 : 0))
      }
      drawPlaces(into: &buffer, area.row(area.height - 1), from: plot.x, width)
    }
  }

  private func draw(_ value: Float, _ axis: ChartAxis, into buffer: inout Buffer, _ column: Rect) {
    guard value.isFinite, let zero = axis.place(0), let end = axis.place(Double(value)) else {
      let row = column.row(column.height / 2)
      return buffer.fill(row, with: Cell("×", style: .foreground(Accents.notFinite).bold))
    }
    guard value != 0 else { return }
    // A tick is in the middle of its row.
    let (low, high) = (min(zero, end) + 0.5, max(zero, end) + 0.5)
    let color = value < 0 ? Accents.negative : Accents.positive
    let steps = buffer.capabilities.glyphs.verticalBars
    for row in 0..<column.height {
      let share = min(high, Double(row + 1)) - max(low, Double(row))
      guard share > 0 else { continue }
      let y = column.maxY - 1 - row
      let background = buffer[column.x, y].style.background
      let part = max(1, Int((share * Double(steps.count)).rounded()))
      // There are signs for halves and for eighths of a row from below, from above only for a half and an eighth.
      let hangs = low > Double(row) && high >= Double(row + 1)
      let isFull = part >= steps.count
      let cell: Cell
      if isFull || !hangs || !buffer.capabilities.glyphs.isUnicode {
        cell = Cell(
          isFull ? steps[steps.count - 1] : steps[part - 1],
          style: Style(foreground: color, background: background))
      } else {
        cell = Cell(
          part * 2 >= steps.count ? "▀" : "▔", style: Style(foreground: color, background: background))
      }
      buffer.fill(column.row(column.height - 1 - row), with: cell)
    }
  }

  private func drawAxis(_ axis: ChartAxis, into buffer: inout Buffer, _ plot: Rect) {
    let (style, glyphs) = (Style.foreground(Accents.muted), buffer.capabilities.glyphs)
    buffer.fill(
      Rect(x: plot.x - 1, y: plot.y, width: 1, height: plot.height),
      with: Cell(glyphs.plain.vertical, style: style))
    for tick in axis.ticks {
      let y = plot.maxY - 1 - tick.place
      buffer[plot.x - 1, y] = Cell(glyphs.tickLeft, style: style)
      buffer.draw(tick.label, x: plot.x - 1 - tick.label.count, y: y, style: style)
    }
  }

  /// The numbers of the entries, as many as fit, and always that of the marked one.
  private func drawPlaces(into buffer: inout Buffer, _ row: Rect, from x: Int, _ width: Int) {
    func start(_ place: Int) -> Int { x + place * width + max(0, (width - 1 - "\(place)".count) / 2) }
    let marked = chosen.flatMap { values.indices.contains($0) ? $0 : nil }
    let reserved = marked.map { start($0) - 1...start($0) + "▴\($0)".count }
    var free = row.x
    for place in values.indices where place != marked {
      let label = "\(place)"
      let at = start(place)
      guard at >= free, reserved.map({ at > $0.upperBound || at + label.count < $0.lowerBound }) ?? true
      else {
        continue
      }
      free = buffer.draw(label, x: at, y: row.y, style: .foreground(Accents.muted)) + 1
    }
    if let marked {
      buffer.draw("▴\(marked)", x: start(marked) - 1, y: row.y, style: .foreground(Accents.warning).bold)
    }
  }
}
