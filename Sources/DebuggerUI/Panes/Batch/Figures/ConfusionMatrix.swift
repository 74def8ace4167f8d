import Localization
import TerminalUI
import Trace

/// The confusion matrix: a row for each class, a column for each prediction, in the colours of the row's shares. The
/// diagonal, where predictions are right, is in brackets.
///
/// ```
///             predicted →
/// true ↓     0    1    2
///      0   [36]   ·    1
///      1     2  [33]   ·
/// ```
struct ConfusionMatrix: Widget {
  private let figures: ClassFigures
  private let names: ClassNames
  /// The chosen cell; nil where none is marked.
  private let cursor: (row: Int, column: Int)?
  private let isFocused: Bool

  /// The longest name of a class before its row.
  private static let longestName = 14
  /// The columns of a cell that has no number.
  private static let narrow = 2

  init(
    _ figures: ClassFigures, _ names: ClassNames, cursor: (row: Int, column: Int)?, isFocused: Bool = true
  ) {
    self.figures = figures
    self.names = names
    let last = figures.classCount - 1
    self.cursor = cursor.map { (max(0, min($0.row, last)), max(0, min($0.column, last))) }
    self.isFocused = isFocused
  }

  /// Where the parts of the matrix are.
  private struct Places {
    let cells: Rect
    let cellWidth: Int
    let rows: Range<Int>
    let columns: Range<Int>
    let hasNumbers: Bool
    /// The row of the heads of columns.
    let heads: Int
    /// The columns of the heads of rows.
    let margin: Int
  }

  private func places(_ area: Rect) -> Places {
    let count = figures.classCount
    let digits = "\(figures.counts.max() ?? 0)".count
    // The numbers, brackets and a space.
    let full = max(3, digits) + 2
    let longest = (0..<count).map { names.short($0, width: Self.longestName).count }.max() ?? 1
    let margin = min(max(longest, localized("true ↓").count), max(3, area.width / 3)) + 1
    // Without its first line the whole matrix may fit.
    let top = area.height > 5 && area.height != count + 1 ? 2 : 1
    // The last column is the scroll bar's where there are more rows than room.
    let bar = count > area.height - top ? 1 : 0
    let room = Rect(
      x: area.x + margin, y: area.y + top, width: max(0, area.width - margin - bar),
      height: max(0, area.height - top))
    let hasNumbers = count * full <= room.width || count * Self.narrow > room.width
    let width = hasNumbers ? full : Self.narrow
    let rows = ListWindow.visible(count: count, height: room.height, selected: cursor?.row, first: 0)
    let columns = ListWindow.visible(
      count: count, height: max(1, room.width / width), selected: cursor?.column, first: 0)
    return Places(
      cells: room, cellWidth: width, rows: rows, columns: columns, hasNumbers: hasNumbers, heads: top - 1,
      margin: margin)
  }

  /// What the matrix takes of an area.
  func size(_ area: Rect) -> Size {
    let places = places(area)
    return Size(
      width: places.margin + places.columns.count * places.cellWidth
        + (places.rows.count < figures.classCount ? 1 : 0),
      height: places.heads + 1 + places.rows.count)
  }

  /// The row and column under a cell of the screen; nil beside the matrix.
  func cell(atX x: Int, y: Int, area: Rect) -> (row: Int, column: Int)? {
    let places = places(area)
    guard x >= places.cells.x, y >= places.cells.y else { return nil }
    let row = places.rows.lowerBound + y - places.cells.y
    let column = places.columns.lowerBound + (x - places.cells.x) / places.cellWidth
    return places.rows.contains(row) && places.columns.contains(column) ? (row, column) : nil
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty, figures.hasMatrix else { return }
    buffer.clipped(to: area) { buffer in
      let places = places(area)
      drawHeads(into: &buffer, area, places)
      let colors = ColorMap.viridis.colors(
        buffer.capabilities.colorSupport, on: buffer.capabilities.theme)
      for row in places.rows {
        for column in places.columns {
          draw(
            row, column, into: &buffer, colors, places,
            x: places.cells.x + (column - places.columns.lowerBound) * places.cellWidth,
            y: places.cells.y + row - places.rows.lowerBound)
        }
      }
      let end = places.cells.x + places.columns.count * places.cellWidth
      ScrollBar(total: figures.classCount, visible: places.rows)
        .draw(
          into: &buffer, area: Rect(x: end, y: places.cells.y, width: 1, height: places.cells.height))
    }
  }

  private func drawHeads(into buffer: inout Buffer, _ area: Rect, _ places: Places) {
    let (muted, marked) = (Style.foreground(Accents.muted), Style.foreground(Accents.warning).bold)
    if places.heads > 0 {
      // Where not all classes have a column, which of them do.
      let last = places.columns.upperBound - 1
      let part =
        places.columns.count < figures.classCount
        ? " " + localized("\(places.columns.lowerBound)–\(last) of \(figures.classCount)") : ""
      buffer.draw(
        TextLine(localized("predicted →") + part, muted), x: places.cells.x + 1, y: area.y,
        maxWidth: places.cells.width - 1)
    }
    let y = area.y + places.heads
    buffer.draw(localized("true ↓"), x: area.x, y: y, style: muted, maxWidth: places.margin - 1)
    var free = places.cells.x
    for column in places.columns {
      let name = head(column, width: places.cellWidth - 1)
      let end = places.cells.x + (column - places.columns.lowerBound + 1) * places.cellWidth
      // The right bracket's column is free where there are numbers.
      let x = end - name.count - (places.hasNumbers ? 1 : 0)
      guard x >= free else { continue }
      free = buffer.draw(name, x: x, y: y, style: cursor?.column == column && isFocused ? marked : muted) + 1
    }
    for row in places.rows {
      let name = String(names.short(row, width: places.margin - 1).prefix(places.margin - 1))
      buffer.draw(
        name, x: places.cells.x - 1 - name.count, y: places.cells.y + row - places.rows.lowerBound,
        style: cursor?.row == row && isFocused ? marked : muted)
    }
  }

  /// The name above a column, or the class's number where there is no room for names.
  private func head(_ column: Int, width: Int) -> String {
    let name = names.short(column, width: width)
    return names.areLong && width < 4 || name.count > width ? "\(column)" : name
  }

  private func draw(
    _ row: Int, _ column: Int, into buffer: inout Buffer, _ colors: [Color], _ places: Places, x: Int, y: Int
  ) {
    let count = figures.count(label: row, prediction: column)
    let isRight = row == column
    let isChosen = isFocused && cursor.map { $0 == (row, column) } == true
    let share = figures.support[row] == 0 ? 0 : Double(count) / Double(figures.support[row])
    let hasColors = buffer.capabilities.colorSupport >= .palette256
    var style = Style.plain
    if count > 0, hasColors {
      let color = colors[min(colors.count - 1, Int(share * Double(colors.count)))]
      style = Style(foreground: color.contrasting, background: color)
    } else if count == 0 {
      style = .foreground(Accents.muted)
    }
    if isRight { style = style.bold }
    if isChosen { style = hasColors ? chosen : style.reversed }
    buffer.fill(Rect(x: x, y: y, width: places.cellWidth, height: 1), with: Cell(" ", style: style))
    guard places.hasNumbers else {
      let shades = buffer.capabilities.glyphs.shades
      let shade = count == 0 ? " " : shades[max(1, Int(share * Double(shades.count - 1)))]
      if isRight {
        buffer.draw("[]", x: x, y: y, style: style)
      } else if !hasColors {
        buffer.fill(Rect(x: x, y: y, width: places.cellWidth, height: 1), with: Cell(shade, style: style))
      }
      return
    }
    let text = count == 0 && !isRight ? (buffer.capabilities.glyphs.isUnicode ? "·" : ".") : "\(count)"
    let shown = isRight ? "[\(text)]" : "\(text) "
    buffer.draw(shown, x: x + places.cellWidth - shown.count, y: y, style: style)
    if isChosen { buffer[x, y] = Cell(buffer.capabilities.glyphs.isUnicode ? "▸" : ">", style: style) }
  }

  private var chosen: Style {
    Style(foreground: Accents.inverseText, background: Accents.warning, attributes: .bold)
  }

  /// The chosen cell in words: `true 4, predicted 9: 12 of 87, 13.8 %`.
  var sentence: String? {
    guard let (row, column) = cursor, figures.classCount > 0 else { return nil }
    let (count, all) = (figures.count(label: row, prediction: column), figures.support[row])
    let words = localized("true \(names.full(row)), predicted \(names.full(column)): \(count) of \(all)")
    return all == 0 ? words : words + ", " + FigureText.percent(Double(count) / Double(all))
  }
}
