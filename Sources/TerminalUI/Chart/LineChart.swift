import Localization
import Numbers

/// Curves over a common axis, drawn in braille dots.
///
/// Where curves meet, the cells show one and then the other, so that each is seen; those whose style is dim make room for
/// the others.
/// The axes show the finite values only; where a value has no place on its axis the curve has a gap
/// and the horizontal axis a `×`. The legend says what this and other signs mean, where there is room.
package struct LineChart: Widget {
  /// The curves.
  package var series: [ChartSeries]
  /// Whether the vertical axis is logarithmic.
  package var isLogarithmic: Bool
  /// Where a vertical line marks a moment.
  package var cursor: Double?
  /// Where the horizontal axis has the letter of a mark.
  package var marks: [Double]
  /// The part of the horizontal axis that is shown; nil for all points.
  package var steps: ClosedRange<Double>?
  /// Whether the horizontal axis is logarithmic.
  package var isStepLogarithmic = false
  /// Where a vertical line has the curves' values, which the legend shows.
  package var pointer: Double?
  /// How the legend writes a value.
  package var valueText: @Sendable (Double) -> String = { NumberText.loss($0) }
  /// The text at the left of the legend.
  package var title = TextLine()
  /// Whether a curve of many points is drawn as the span of its values in each column, with their mean over it.
  package var hasEnvelope = false
  /// Whether the area below the first curve has a faint colour, where there are enough colours.
  package var isFilled = false
  /// The least room for the labels of the vertical axis, so that the axes of charts above each other are in line.
  package var labelWidth = 0
  /// The greatest value that there can be: the vertical axis does not go beyond it. Nil for no limit.
  package var top: Double?
  /// Where values are greater, the curves leave the chart at the top.
  package var limit = Double.infinity
  /// Values for which the vertical axis has room whatever the curves are.
  package var always: [Double] = []
  /// Whether the horizontal axis has labels.
  package var showsStepLabels = true
  /// Whether the first row names the curves, but for those without a name.
  package var showsLegend: Bool
  /// How axes look.
  package var axisStyle: Style
  /// How the marked moment looks.
  package var cursorStyle: Style
  /// How the line with the curves' values looks.
  package var pointerStyle = Style.foreground(Accents.focus)

  /// A chart of these curves.
  package init(
    _ series: [ChartSeries], isLogarithmic: Bool = false, cursor: Double? = nil, marks: [Double] = [],
    showsLegend: Bool = true,
    axisStyle: Style = .foreground(Accents.muted), cursorStyle: Style = .foreground(Accents.warning)
  ) {
    self.series = series
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
        buffer.draw(
          TextLine(localized("no values yet"), axisStyle), x: area.x, y: area.y, maxWidth: area.width)
        return
      }
      let layout = layout(area)
      let (gaps, hasPoints) = drawCurves(into: &buffer, layout)
      if layout.hasLegend {
        var notes = ChartNotes(style: axisStyle)
        if hasPoints { notes.addPoint(buffer.capabilities) }
        if layout.hasAxisLine, !gaps.isEmpty { notes.addGap(isLogarithmic: isLogarithmic) }
        if layout.hasAxisLine, marks.contains(where: { column($0, layout) != nil }) {
          notes.addMark(cursorStyle)
        }
        drawLegend(notes.lines, into: &buffer, area.row(0))
      }
      drawLine(at: pointer, pointerStyle, into: &buffer, layout)
      drawLine(at: cursor, cursorStyle, into: &buffer, layout)
      drawAxes(into: &buffer, layout, gaps: gaps)
    }
  }

  /// The step in the column `x` of the screen, where the chart is drawn in `area`; beyond the last point, that of the last
  /// point. Nil beside the curves.
  package func value(atColumn x: Int, area: Rect) -> Double? {
    let layout = layout(area)
    guard x >= layout.plot.x, x < layout.plot.maxX else { return nil }
    let steps = series.lazy.map(\.points).joined().map(\.x)
    guard var first = steps.min(), var last = steps.max() else { return nil }
    if let shown = self.steps { (first, last) = (max(first, shown.lowerBound), min(last, shown.upperBound)) }
    return min(max(first, last), max(first, layout.horizontal.value(x - layout.plot.x)))
  }

  /// How many columns the curves have where the chart is drawn in `area`.
  package func columnCount(_ area: Rect) -> Int { layout(area).plot.width }

  /// The room that the labels of the vertical axis take in that area.
  package func labelRoom(_ area: Rect) -> Int { scale(area, extent).labelWidth }
}

/// How one chart is arranged in its area.
struct ChartLayout {
  let horizontal: ChartAxis
  let vertical: ChartAxis
  let plot: Rect
  let labelWidth: Int
  let hasAxisLine: Bool
  let hasAxisLabels: Bool
  let hasLegend: Bool
}

extension LineChart {
  /// The vertical axis in an area, and the room of its labels.
  private struct Scale {
    let vertical: ChartAxis
    let labelWidth: Int
    let hasLegend: Bool
    let hasAxisLine: Bool
    let hasAxisLabels: Bool
  }

  private func scale(_ area: Rect, _ shown: ChartExtent) -> Scale {
    let hasLegend = showsLegend && area.height >= 5
    let hasAxisLine = area.height >= 4 && area.width >= 12
    let hasAxisLabels = hasAxisLine && showsStepLabels && area.height >= 6
    let height = area.height - (hasLegend ? 1 : 0) - (hasAxisLine ? 1 : 0) - (hasAxisLabels ? 1 : 0)
    let vertical = ChartAxis(
      showing: shown.values + always, places: height, gaps: 2...6, isLogarithmic: isLogarithmic, top: top)
    // Usual labels take as much room as these, so that the curves do not move when ticks get another digit.
    let longest = max(4, labelWidth, vertical.ticks.map(\.label.count).max() ?? 0)
    let labelWidth = hasAxisLine && longest + 10 <= area.width ? longest : 0
    return Scale(
      vertical: vertical, labelWidth: labelWidth, hasLegend: hasLegend, hasAxisLine: hasAxisLine,
      hasAxisLabels: hasAxisLabels)
  }

  private var extent: ChartExtent { ChartExtent(series, in: steps, limit: limit) }

  private func layout(_ area: Rect) -> ChartLayout {
    let shown = extent
    let scale = scale(area, shown)
    let (labelWidth, hasLegend) = (scale.labelWidth, scale.hasLegend)
    let (hasAxisLine, hasAxisLabels) = (scale.hasAxisLine, scale.hasAxisLabels)
    let plot = area.inset(
      left: hasAxisLine ? labelWidth + 1 : 0, top: hasLegend ? 1 : 0,
      bottom: (hasAxisLine ? 1 : 0) + (hasAxisLabels ? 1 : 0))
    // The last step's number and a space fit between two ticks; on a logarithmic axis so do powers of ten.
    let digits = String(Int(max(0, min(1e6, shown.steps.last ?? 0)))).count
    let gap = max(digits + 2, isStepLogarithmic ? 7 : 0)
    return ChartLayout(
      horizontal: ChartAxis(
        showing: shown.steps, places: plot.width, gaps: gap...max(gap, plot.width),
        isLogarithmic: isStepLogarithmic, isWhole: true),
      vertical: scale.vertical, plot: plot, labelWidth: labelWidth, hasAxisLine: hasAxisLine,
      hasAxisLabels: hasAxisLabels, hasLegend: hasLegend)
  }

  func pattern(_ index: Int) -> ChartSeries.Pattern {
    if let own = series[index].pattern { return own }
    let taken = Set(series[..<index].compactMap(\.pattern))
    let free = ChartSeries.Pattern.allCases.filter { !taken.contains($0) }
    let unset = series[..<index].count { $0.pattern == nil }
    return free.isEmpty ? .solid : free[unset % free.count]
  }

  private static let markers: [Unicode.Scalar] = ["*", "+", "o", "x", "#", "@", "%", "&"]

  static func sample(
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

  /// Draws the curves; returns the columns of cells in which some curve has a gap, and whether points have marks.
  private func drawCurves(
    into buffer: inout Buffer, _ layout: ChartLayout
  ) -> (gaps: Set<Int>, hasPoints: Bool) {
    let plot = layout.plot
    guard !plot.isEmpty else { return ([], false) }
    let isBraille = buffer.capabilities.glyphs.isUnicode
    let layers = layers(layout, isBraille: isBraille)
    var canvas = DotCanvas(
      columns: plot.width, rows: plot.height, isBraille: isBraille, layers: layers.count)
    var gaps: Set<Int> = []
    for (index, layer) in layers.enumerated() {
      let tracer = CurveTracer(
        horizontal: layout.horizontal, vertical: layout.vertical,
        pattern: isBraille ? pattern(layer.curve) : .solid, layer: index)
      gaps.formUnion(tracer.trace(layer.points, on: &canvas).map { $0 / canvas.cellWidth })
    }
    // A dim curve is the ground for others: it makes room, or a smoothed curve over it would not be seen.
    let dim = layers.map { $0.style.attributes.contains(.dim) }
    // Where colours tell curves apart, no dot needs to be left out.
    let mixes = buffer.capabilities.colorSupport != .none
    for row in 0..<plot.height {
      for column in 0..<plot.width {
        guard let content = canvas.content(column: column, row: row, yielding: dim, mixes: mixes) else {
          continue
        }
        let layer = layers[content.layer]
        let scalar =
          isBraille ? DotCanvas.braille(content.bits) : Self.markers[layer.curve % Self.markers.count]
        buffer[plot.x + column, plot.y + row] = Cell(scalar, style: layer.style)
      }
    }
    var hasPoints = false
    let tracer = CurveTracer(
      horizontal: layout.horizontal, vertical: layout.vertical, pattern: .solid, layer: 0)
    for curve in series where curve.marksPoints {
      let cells = tracer.farPoints(curve.points(in: steps), on: canvas)
      for (column, row) in cells {
        let cell = Cell(ChartNotes.point(buffer.capabilities), style: curve.style)
        buffer[plot.x + column, plot.y + row] = cell
      }
      hasPoints = hasPoints || !cells.isEmpty
    }
    if isFilled { fill(below: layers, canvas, into: &buffer, plot) }
    return (gaps, hasPoints)
  }

  /// Colours the area below the first curve that is not of another run.
  private func fill(below layers: [Layer], _ canvas: DotCanvas, into buffer: inout Buffer, _ plot: Rect) {
    guard let filled = filledCurve(buffer.capabilities),
      let first = layers.firstIndex(where: {
        $0.curve == filled && !$0.style.attributes.contains(.dim)
      })
    else { return }
    let tint = Self.tint(layers[first].style)
    for column in 0..<plot.width {
      guard let top = canvas.top(column: column, layer: first) else { continue }
      let area = Rect(x: plot.x + column, y: plot.y + top, width: 1, height: plot.height - top)
      buffer.restyle(area) { $0.background = tint }
    }
  }

  /// The curve below which the area has a colour: the first that is not of another run. With few colours it would be
  /// grey, which says nothing.
  func filledCurve(_ capabilities: TerminalCapabilities) -> Int? {
    guard isFilled, capabilities.colorSupport == .trueColor, !capabilities.theme.usesTerminalColors else {
      return nil
    }
    return series.firstIndex { !$0.style.attributes.contains(.dim) && $0.pattern != .dashed }
  }

  static func tint(_ style: Style) -> Color {
    style.foreground.mixed(with: Accents.background, 0.82)
  }

  /// What is drawn of one curve, over what was drawn before.
  private struct Layer {
    let curve: Int
    let points: ArraySlice<ChartPoint>
    let style: Style
  }

  private func layers(_ layout: ChartLayout, isBraille: Bool) -> [Layer] {
    series.enumerated().flatMap { index, curve -> [Layer] in
      let shown = curve.points(in: steps)
      // Without braille there are as few dots as cells, and a mean is not told from its envelope.
      guard hasEnvelope, isBraille, !curve.style.attributes.contains(.dim),
        let envelope = CurveEnvelope(shown, on: layout.horizontal, columns: layout.plot.width * 2)
      else { return [Layer(curve: index, points: shown, style: curve.style)] }
      return [
        Layer(curve: index, points: shown, style: curve.style.dim),
        Layer(curve: index, points: envelope.means[...], style: curve.style),
      ]
    }
  }

  private func drawLine(at value: Double?, _ style: Style, into buffer: inout Buffer, _ layout: ChartLayout) {
    guard let x = value.flatMap({ column($0, layout) }) else { return }
    for y in layout.plot.y..<layout.plot.maxY where buffer[x, y].scalar == " " {
      buffer[x, y] = Cell("┊", style: style)
    }
  }

  private func column(_ value: Double, _ layout: ChartLayout) -> Int? {
    guard let place = layout.horizontal.place(value)?.rounded(), place >= 0,
      place < Double(layout.plot.width)
    else { return nil }
    return layout.plot.x + Int(place)
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
      buffer[plot.x + column, plot.maxY] = Cell(ChartNotes.gap, style: ChartNotes.gapStyle)
    }
    for x in marks.compactMap({ column($0, layout) }) {
      buffer[x, plot.maxY] = Cell(ChartNotes.mark, style: cursorStyle.bold)
    }
    for (value, style) in [(cursor, cursorStyle), (pointer, pointerStyle)] {
      guard let x = value.flatMap({ column($0, layout) }) else { continue }
      buffer[x, plot.maxY] = Cell("▴", style: style.bold)
    }
  }

  private func drawVerticalTicks(into buffer: inout Buffer, _ layout: ChartLayout) {
    let plot = layout.plot
    for tick in layout.vertical.ticks {
      let row = plot.maxY - 1 - tick.place
      buffer[plot.x - 1, row] = Cell(buffer.capabilities.glyphs.tickLeft, style: axisStyle)
      buffer.draw(tick.label, x: plot.x - 1 - tick.label.count, y: row, style: axisStyle)
    }
  }

  private func drawHorizontalTicks(into buffer: inout Buffer, _ layout: ChartLayout) {
    let plot = layout.plot
    var free = plot.x - layout.labelWidth - 1
    for tick in layout.horizontal.ticks {
      let x = plot.x + tick.place
      buffer[x, plot.maxY] = Cell(buffer.capabilities.glyphs.tickBelow, style: axisStyle)
      guard layout.hasAxisLabels else { continue }
      let start = max(
        plot.x - layout.labelWidth - 1, min(x - tick.label.count / 2, plot.maxX - tick.label.count))
      // Labels never touch: one for which there is no room is left out.
      guard start >= free else { continue }
      free = buffer.draw(tick.label, x: start, y: plot.maxY + 1, style: axisStyle) + 1
    }
  }
}
