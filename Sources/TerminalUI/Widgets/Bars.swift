import Localization
import Numbers

/// Labelled bars on a common logarithmic axis, so that .031 reads well beside .00008.
///
/// A bar's length is the magnitude of its value. Zero and values that are not finite are written as words.
package struct Bars: Widget {
  /// One bar.
  package struct Bar: Hashable, Sendable {
    /// What it is the bar of.
    package var label: String
    /// How long it is; nil where there is no value yet.
    package var value: Double?
    /// The values before, the newest last; nil where there was none. Drawn as a sparkline where there is room.
    package var history: [Double?] = []
    /// The text after the number: a ratio, a warning; in place of the bar where there is no value.
    package var note: TextLine
    /// How the bar looks.
    package var style: Style
    /// What a click on it does; nil for nothing.
    package var control: Control?

    /// A bar, without a note by default.
    package init(
      _ label: String, _ value: Double?, note: TextLine = TextLine(),
      style: Style = .foreground(Accents.focus)
    ) {
      self.label = label
      self.value = value
      self.note = note
      self.style = style
    }
  }

  /// The most values before that a bar shows.
  package static let mostHistory = 48

  /// The bars, from top to bottom.
  package var bars: [Bar]
  /// The index of the chosen bar.
  package var selected: Int?
  /// The index of the bar at the top, moved where the chosen one would be out of view.
  package var first: Int
  /// Whether a row at the bottom names the powers of ten.
  package var showsAxis: Bool
  /// Whether notes are shown even where labels must be cut for them.
  package var keepsNotes = false
  /// How labels and the axis look.
  package var labelStyle: Style

  /// These bars, on one axis.
  package init(
    _ bars: [Bar], selected: Int? = nil, first: Int = 0, showsAxis: Bool = true,
    labelStyle: Style = .foreground(Accents.muted)
  ) {
    self.bars = bars
    self.selected = selected
    self.first = first
    self.showsAxis = showsAxis
    self.labelStyle = labelStyle
  }

  /// Draws the bars in view, and the axis below them.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    buffer.clipped(to: area) { buffer in
      guard !bars.isEmpty else {
        buffer.draw(TextLine(localized("no values"), labelStyle), x: area.x, y: area.y, maxWidth: area.width)
        return
      }
      // Where the axis would take the room of the last bar, that is worth more.
      let hasAxis = showsAxis && area.height >= 3 && area.height != bars.count
      let rows = hasAxis ? area.inset(bottom: 1) : area
      let visible = visibleBars(height: rows.height)
      let scrolls = visible.count < bars.count
      let columns = columns(rows.inset(right: scrolls ? 1 : 0))
      let axis = DecadeScale(showing: bars.compactMap(\.value))
      for (row, index) in visible.enumerated() {
        draw(bars[index], into: &buffer, columns, y: rows.y + row, axis)
        if index == selected { buffer.highlight(rows.row(row)) }
        if let control = bars[index].control { buffer.add(control, rows.row(row)) }
      }
      if hasAxis { drawAxis(into: &buffer, columns.bar, y: area.maxY - 1, axis) }
      if scrolls {
        ScrollBar(total: bars.count, visible: visible).draw(
          into: &buffer, area: Rect(x: rows.maxX - 1, y: rows.y, width: 1, height: rows.height))
      }
    }
  }

  /// The bars in view in that many rows, without the row of the axis.
  package func visibleBars(height: Int) -> Range<Int> {
    ListWindow.visible(count: bars.count, height: height, selected: selected, first: first)
  }

  /// Where the parts of a row are.
  private typealias Columns = (label: Rect, bar: Rect, history: Rect, value: Rect, note: Rect)

  /// The least columns of a bar that leave room for the values before.
  private static let leastBar = 24

  private func columns(_ area: Rect) -> Columns {
    let usual = min(bars.map(\.label.count).max() ?? 0, area.width * 2 / 5)
    // The usual numbers take as much room as these, so that the bars keep their length while numbers change;
    // where notes must be seen, that room is theirs.
    let value = max(
      !keepsNotes && bars.contains { $0.value != nil } ? NumberText.briefWidth : 0,
      bars.map { $0.value.map(Self.text)?.count ?? 0 }.max() ?? 0)
    let note = bars.map { $0.value == nil ? 0 : $0.note.width }.max() ?? 0
    let rest = area.width - value - note - 3 - 5
    let hasNote = note > 0 && (usual <= rest || keepsNotes && rest >= 8)
    let label = hasNote ? min(usual, rest) : usual
    let parts = area.splitColumns([
      .fixed(label), .fixed(1), .fill(1), .fixed(1), .fixed(value), .fixed(hasNote ? 1 : 0),
      .fixed(hasNote ? note : 0),
    ])
    let bar = parts[2]
    let hasHistory = bar.width >= Self.leastBar && bars.contains { !$0.history.isEmpty }
    let history = hasHistory ? min(Self.mostHistory, bar.width / 2) : 0
    return (
      parts[0], bar.inset(right: hasHistory ? history + 1 : 0), bar.inset(left: bar.width - history),
      parts[4],
      parts[6]
    )
  }

  private func draw(
    _ bar: Bar, into buffer: inout Buffer, _ columns: Columns, y: Int, _ axis: DecadeScale
  ) {
    buffer.draw(TextLine(bar.label), x: columns.label.x, y: y, maxWidth: columns.label.width)
    guard let value = bar.value else {
      // Without a bar, all of the row is the note's.
      buffer.draw(bar.note, x: columns.bar.x, y: y, maxWidth: columns.note.maxX - columns.bar.x)
      return
    }
    let isSaid = value == 0 || !value.isFinite
    if !isSaid {
      let part = axis.position(value.magnitude)
      // A value below the axis still has the shortest bar. Bars do not fill their row, so that two of them
      // do not run together.
      let length = max(
        1, Int(bounded: (part * Double(columns.bar.width)).rounded(), to: 0...max(0, columns.bar.width)))
      buffer.fill(
        Rect(x: columns.bar.x, y: y, width: min(length, columns.bar.width), height: 1),
        with: Cell(buffer.capabilities.glyphs.isUnicode ? "▆" : "#", style: bar.style))
    }
    if !columns.history.isEmpty {
      Sparkline(bar.history, style: .foreground(Accents.muted)).draw(
        into: &buffer, area: Rect(x: columns.history.x, y: y, width: columns.history.width, height: 1))
    }
    let style = isSaid ? Style.foreground(value == 0 ? Accents.warning : Accents.bad).bold : .plain
    TextLine(Self.text(value), style).draw(
      into: &buffer, area: Rect(x: columns.value.x, y: y, width: columns.value.width, height: 1),
      alignment: .right)
    buffer.draw(bar.note, x: columns.note.x, y: y, maxWidth: columns.note.width)
  }

  private static func text(_ value: Double) -> String {
    if value == 0 { return localized("zero") }
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? localized("−infinite") : localized("infinite") }
    return NumberText.brief(value)
  }

  private func drawAxis(into buffer: inout Buffer, _ bar: Rect, y: Int, _ axis: DecadeScale) {
    let labels = axisLabels(bar, axis)
    for label in labels { buffer.draw(label.text, x: label.x, y: y, style: labelStyle) }
  }

  /// Every power of ten where there is room for that, else every second one, and so on.
  private func axisLabels(_ bar: Rect, _ axis: DecadeScale) -> [(x: Int, text: String)] {
    var best: [(x: Int, text: String)] = []
    for stride in 1...max(1, axis.high - axis.low) {
      let ticks = axis.ticks(every: stride)
      var labels: [(x: Int, text: String)] = []
      var free = bar.x
      for tick in ticks {
        let place = bar.x + Int((tick.position * Double(bar.width)).rounded())
        // A label is to the right of its mark; at the end of the axis, to the left of it.
        let isRight = place >= free && place + tick.label.count + 1 <= bar.maxX
        let x = isRight ? place : min(place, bar.maxX) - tick.label.count - 1
        // Two spaces, or the label could be taken for that of the mark before.
        guard isRight || x > free || x == free && labels.isEmpty else { continue }
        labels.append((x, isRight ? "╵" + tick.label : tick.label + "╵"))
        free = x + tick.label.count + 2
      }
      if labels.count == ticks.count { return labels }
      if labels.count > best.count { best = labels }
    }
    return best
  }
}
