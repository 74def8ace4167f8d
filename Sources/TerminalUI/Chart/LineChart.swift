/// Curves over a common axis, drawn in braille dots.
///
/// Later curves are drawn over earlier ones, and those whose style is dim make room for them.
/// The axes show the finite values only; where a value has no place on its axis the curve has a gap
/// and the horizontal axis a `×`.
package struct LineChart: Widget {
  /// The curves; later ones are drawn over earlier ones.
  package var series: [ChartSeries]
  /// The horizontal axis; nil to show all points.
  package var horizontalAxis: AxisScale?
  /// The vertical axis; nil to show all points.
  package var verticalAxis: AxisScale?
  /// Whether the vertical axis is logarithmic, where it is not given.
  package var isLogarithmic: Bool
  /// Where a vertical line marks a moment.
  package var cursor: Double?
  /// Where the horizontal axis has the letter of a mark.
  package var marks: [Double]
  /// Whether the first row names the curves, but for those without a name.
  package var showsLegend: Bool
  /// How axes look.
  package var axisStyle: Style
  /// How the marked moment looks.
  package var cursorStyle: Style

  /// A chart of these curves.
  package init(
    _ series: [ChartSeries], horizontalAxis: AxisScale? = nil, verticalAxis: AxisScale? = nil,
    isLogarithmic: Bool = false, cursor: Double? = nil, marks: [Double] = [], showsLegend: Bool = true,
    axisStyle: Style = .foreground(Accents.muted), cursorStyle: Style = .foreground(Accents.warning)
  ) {
    self.series = series
    self.horizontalAxis = horizontalAxis
    self.verticalAxis = verticalAxis
    self.isLogarithmic = isLogarithmic
    self.cursor = cursor
    self.marks = marks
    self.showsLegend = showsLegend
    self.axisStyle = axisStyle
    self.cursorStyle = cursorStyle
  }

  /// Draws the curves, the axes where there is room for them, and the legend.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    buffer.clipped(to: area) { buffer in
      guard series.contains(where: { !$0.points.isEmpty }) else {
        buffer.draw(TextLine("no values yet", axisStyle), x: area.x, y: area.y, maxWidth: area.width)
        return
      }
      let layout = layout(area)
      if layout.hasLegend {
        legend(buffer.capabilities).draw(into: &buffer, area: area.row(0), alignment: .right)
      }
      let gaps = drawCurves(into: &buffer, layout)
      drawCursor(into: &buffer, layout)
      drawAxes(into: &buffer, layout, gaps: gaps)
    }
  }

  /// The value of the horizontal axis in the column `x` of the screen, where the chart is drawn in
  /// `area`; nil beside the curves.
  package func value(atColumn x: Int, area: Rect) -> Double? {
    let layout = layout(area)
    guard x >= layout.plot.x, x < layout.plot.maxX, !layout.horizontal.isLogarithmic else { return nil }
    let part = (Double(x - layout.plot.x) + 0.5) / Double(layout.plot.width)
    return layout.horizontal.low + part * (layout.horizontal.high - layout.horizontal.low)
  }

  /// The names of the curves, each with a piece of its line.
  package func legend(_ capabilities: TerminalCapabilities) -> TextLine {
    var line = TextLine()
    for (index, curve) in series.enumerated() where !curve.name.isEmpty {
      if !line.spans.isEmpty { line.append("  ") }
      line.append(Self.sample(pattern(index), index, capabilities), curve.style)
      line.append(" " + curve.name)
    }
    return line
  }
}

/// How one chart is arranged in its area.
struct ChartLayout {
  let horizontal: AxisScale
  let vertical: AxisScale
  let plot: Rect
  let labelWidth: Int
  let hasAxisLine: Bool
  let hasAxisLabels: Bool
  let hasLegend: Bool
}

extension LineChart {
  private func layout(_ area: Rect) -> ChartLayout {
    let hasLegend = showsLegend && area.height >= 5
    let hasAxisLine = area.height >= 4 && area.width >= 12
    let hasAxisLabels = hasAxisLine && area.height >= 6
    let height = area.height - (hasLegend ? 1 : 0) - (hasAxisLine ? 1 : 0) - (hasAxisLabels ? 1 : 0)
    let points = series.lazy.map(\.points).joined()
    let vertical =
      verticalAxis ?? AxisScale(showing: points.lazy.map(\.y), isLogarithmic: isLogarithmic)
    let longest = vertical.ticks(count: Self.tickCount(height: height)).map(\.label.count).max() ?? 0
    let labelWidth = hasAxisLine && longest + 10 <= area.width ? longest : 0
    let plot = area.inset(
      left: hasAxisLine ? labelWidth + 1 : 0, top: hasLegend ? 1 : 0,
      bottom: (hasAxisLine ? 1 : 0) + (hasAxisLabels ? 1 : 0))
    return ChartLayout(
      horizontal: horizontalAxis ?? Self.exactAxis(points.lazy.map(\.x)), vertical: vertical, plot: plot,
      labelWidth: labelWidth, hasAxisLine: hasAxisLine, hasAxisLabels: hasAxisLabels, hasLegend: hasLegend)
  }

  private static func exactAxis(_ values: some Sequence<Double>) -> AxisScale {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    return AxisScale(low: low, high: high)
  }

  private static func tickCount(height: Int) -> Int { max(2, height / 2) }

  private func pattern(_ index: Int) -> ChartSeries.Pattern {
    if let own = series[index].pattern { return own }
    let taken = Set(series[..<index].compactMap(\.pattern))
    let free = ChartSeries.Pattern.allCases.filter { !taken.contains($0) }
    let unset = series[..<index].count { $0.pattern == nil }
    return free.isEmpty ? .solid : free[unset % free.count]
  }

  private static let markers: [Unicode.Scalar] = ["*", "+", "o", "x", "#", "@", "%", "&"]

  private static func sample(
    _ pattern: ChartSeries.Pattern, _ index: Int, _ capabilities: TerminalCapabilities
  ) -> String {
    guard capabilities.glyphs.isUnicode else {
      return String(repeating: Character(markers[index % markers.count]), count: 2)
    }
    switch pattern {
    case .solid: return "──"
    case .dotted: return "··"
    case .dashed: return "╌╌"
    }
  }

  /// Draws the curves; returns the columns of cells in which some curve has a gap.
  private func drawCurves(into buffer: inout Buffer, _ layout: ChartLayout) -> Set<Int> {
    let plot = layout.plot
    guard !plot.isEmpty else { return [] }
    let isBraille = buffer.capabilities.glyphs.isUnicode
    // A dim curve is the ground for others: it makes room, or a smoothed curve over it would not be seen.
    let dim = series.indices.filter { series[$0].style.attributes.contains(.dim) }.map { UInt8($0 % 256) }
    var canvas = DotCanvas(
      columns: plot.width, rows: plot.height, isBraille: isBraille, yielding: Set(dim))
    var gaps: Set<Int> = []
    for (index, curve) in series.enumerated() {
      let tracer = CurveTracer(
        horizontal: layout.horizontal, vertical: layout.vertical,
        pattern: isBraille ? pattern(index) : .solid, owner: UInt8(index % 256))
      gaps.formUnion(tracer.trace(curve.points, on: &canvas).map { isBraille ? $0 / 2 : $0 })
    }
    for row in 0..<plot.height {
      for column in 0..<plot.width {
        let (bits, owner) = canvas.cell(column: column, row: row)
        guard bits != 0, series.indices.contains(Int(owner)) else { continue }
        let scalar =
          isBraille ? DotCanvas.braille(bits) : Self.markers[Int(owner) % Self.markers.count]
        buffer[plot.x + column, plot.y + row] = Cell(scalar, style: series[Int(owner)].style)
      }
    }
    return gaps
  }

  private func drawCursor(into buffer: inout Buffer, _ layout: ChartLayout) {
    guard let x = cursor.flatMap({ column($0, layout) }) else { return }
    for y in layout.plot.y..<layout.plot.maxY where buffer[x, y].scalar == " " {
      buffer[x, y] = Cell("┊", style: cursorStyle)
    }
  }

  private func column(_ value: Double, _ layout: ChartLayout) -> Int? {
    guard let part = layout.horizontal.position(value), part >= 0, part <= 1,
      !layout.plot.isEmpty
    else { return nil }
    return layout.plot.x + Int((part * Double(layout.plot.width - 1)).rounded())
  }

  private func drawAxes(into buffer: inout Buffer, _ layout: ChartLayout, gaps: Set<Int>) {
    guard layout.hasAxisLine else { return }
    let plot = layout.plot
    let border = buffer.capabilities.glyphs.plain
    let left = plot.x - 1
    for y in plot.y..<plot.maxY { buffer[left, y] = Cell(border.vertical, style: axisStyle) }
    if layout.labelWidth > 0 { drawVerticalTicks(into: &buffer, layout) }
    buffer.fill(
      Rect(x: plot.x, y: plot.maxY, width: plot.width, height: 1),
      with: Cell(border.horizontal, style: axisStyle))
    buffer[left, plot.maxY] = Cell(border.bottomLeft, style: axisStyle)
    drawHorizontalTicks(into: &buffer, layout)
    for column in gaps {
      buffer[plot.x + column, plot.maxY] = Cell("×", style: .foreground(Accents.bad).bold)
    }
    for x in marks.compactMap({ column($0, layout) }) {
      buffer[x, plot.maxY] = Cell("m", style: cursorStyle.bold)
    }
    if let x = cursor.flatMap({ column($0, layout) }) {
      buffer[x, plot.maxY] = Cell("▴", style: cursorStyle.bold)
    }
  }

  private func drawVerticalTicks(into buffer: inout Buffer, _ layout: ChartLayout) {
    let plot = layout.plot
    var lastRow = Int.max
    for tick in layout.vertical.ticks(count: Self.tickCount(height: plot.height)) {
      guard let up = layout.vertical.position(tick.value), up >= 0, up <= 1 else { continue }
      let row = plot.y + Int(((1 - up) * Double(plot.height - 1)).rounded())
      guard row < lastRow else { continue }
      lastRow = row
      buffer[plot.x - 1, row] = Cell(buffer.capabilities.glyphs.tickLeft, style: axisStyle)
      buffer.draw(tick.label, x: plot.x - 1 - tick.label.count, y: row, style: axisStyle)
    }
  }

  private func drawHorizontalTicks(into buffer: inout Buffer, _ layout: ChartLayout) {
    let plot = layout.plot
    var free = plot.x - layout.labelWidth - 1
    for tick in layout.horizontal.ticks(count: max(1, plot.width / 9)) {
      guard let part = layout.horizontal.position(tick.value), part >= 0, part <= 1 else { continue }
      let x = plot.x + Int((part * Double(plot.width - 1)).rounded())
      buffer[x, plot.maxY] = Cell(buffer.capabilities.glyphs.tickBelow, style: axisStyle)
      guard layout.hasAxisLabels else { continue }
      let start = min(x - tick.label.count / 2, plot.maxX - tick.label.count)
      guard start >= free else { continue }
      free = buffer.draw(tick.label, x: start, y: plot.maxY + 1, style: axisStyle) + 1
    }
  }
}
