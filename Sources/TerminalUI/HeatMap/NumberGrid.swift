import Numbers

/// A matrix as numbers below each other, with the heads of its rows and columns; each on the colour that a heat map has
/// for it.
///
/// ```
///           0       1       2
///  0   0.3120 −0.0410  0.0007
///  1  −1.2000  0.1054      0
/// ```
package struct NumberGrid: Widget {
  /// How many rows and columns there are.
  package var size: Size
  /// The number in a row and a column, each from 0; nil where there is none.
  package var value: (Int, Int) -> Float?
  /// What stands before a row.
  package var rowHead: (Int) -> String
  /// What stands above a column.
  package var columnHead: (Int) -> String
  /// The columns that the heads of rows and columns have need of.
  package var headWidths: (row: Int, column: Int)
  /// The row and the column at the top left, as far as the matrix reaches.
  package var first: Matrix.Place
  /// The number that is marked.
  package var cursor: Matrix.Place?

  private let scale: HeatMapScale
  private let colorMap: ColorMap?
  private let field: NumberField

  /// The widest head of a column.
  private static let widestHead = 10

  /// A grid of numbers between the smallest and the greatest finite one.
  package init(
    size: Size, low: Float, high: Float, isWhole: Bool, scale: HeatMapScale, colorMap: ColorMap?,
    headWidths: (row: Int, column: Int), first: Matrix.Place = Matrix.Place(row: 0, column: 0),
    cursor: Matrix.Place? = nil, rowHead: @escaping (Int) -> String = { "\($0)" },
    columnHead: @escaping (Int) -> String = { "\($0)" }, value: @escaping (Int, Int) -> Float?
  ) {
    self.size = size
    self.headWidths = headWidths
    self.first = first
    self.cursor = cursor
    self.rowHead = rowHead
    self.columnHead = columnHead
    self.value = value
    field = NumberField(low: low, high: high, isWhole: isWhole)
    self.scale = scale
    self.colorMap = colorMap
  }

  /// The columns of a number and the space before it.
  private var step: Int { max(field.width, min(headWidths.column, NumberGrid.widestHead)) + 1 }

  private var leftMargin: Int { min(headWidths.row, NumberGrid.widestHead * 2) + 1 }

  /// The rows and columns for which an area has room.
  package func page(_ area: Rect) -> Size {
    Size(
      width: max(1, (area.width - leftMargin) / step),
      height: max(1, area.height - 1))
  }

  /// The rows and columns that are shown in an area.
  package func visible(_ area: Rect) -> Matrix.Block {
    let page = page(area)
    let rows = ListWindow.visible(count: size.height, height: page.height, selected: nil, first: first.row)
    let columns = ListWindow.visible(
      count: size.width, height: page.width, selected: nil, first: first.column)
    return Matrix.Block(rows: rows, columns: columns)
  }

  /// The place of the number at a cell of the screen; nil beside the numbers.
  package func place(atX x: Int, y: Int, area: Rect) -> Matrix.Place? {
    let visible = visible(area)
    let row = visible.rows.lowerBound + y - area.y - 1
    guard x >= area.x + leftMargin, visible.rows.contains(row) else { return nil }
    let column = visible.columns.lowerBound + (x - area.x - leftMargin) / step
    return visible.columns.contains(column) ? Matrix.Place(row: row, column: column) : nil
  }

  /// Draws as much as there is room for, from ``first`` on.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty, size.width > 0, size.height > 0 else { return }
    buffer.clipped(to: area) { buffer in
      let visible = visible(area)
      let support = buffer.capabilities.colorSupport
      let colors = support >= .palette256 ? ValueColors(scale, colorMap: colorMap, buffer.capabilities) : nil
      let marked = Style.foreground(Accents.warning).bold
      let muted = Style.foreground(Accents.muted)
      for column in visible.columns {
        let head = String(columnHead(column).prefix(step - 1))
        let end = area.x + leftMargin + (column - visible.columns.lowerBound + 1) * step
        buffer.draw(
          head, x: end - head.count, y: area.y, style: cursor?.column == column ? marked : muted)
      }
      for row in visible.rows {
        let y = area.y + 1 + row - visible.rows.lowerBound
        let head = String(rowHead(row).prefix(leftMargin - 1))
        buffer.draw(
          head, x: area.x + leftMargin - 1 - head.count, y: y, style: cursor?.row == row ? marked : muted)
        for column in visible.columns {
          guard let number = value(row, column) else { continue }
          let x = area.x + leftMargin + (column - visible.columns.lowerBound) * step
          let text = field.text(number)
          let isChosen = cursor == Matrix.Place(row: row, column: column)
          let style = style(number, colors, isChosen: isChosen)
          buffer.fill(Rect(x: x, y: y, width: step, height: 1), with: Cell(" ", style: style))
          buffer.draw(text, x: x + step - text.count, y: y, style: style)
          if isChosen { buffer[x, y] = Cell(buffer.capabilities.glyphs.isUnicode ? "▸" : ">", style: style) }
        }
      }
    }
  }

  private func style(_ number: Float, _ colors: ValueColors?, isChosen: Bool) -> Style {
    let style = colors?.behindText(number) ?? (number.isFinite ? .plain : .bold)
    guard isChosen else { return style }
    return colors == nil
      ? style.reversed
      : Style(
        foreground: .rgb(0, 0, 0), background: Accents.warning, attributes: .bold)
  }
}
