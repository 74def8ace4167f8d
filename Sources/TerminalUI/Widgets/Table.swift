/// Rows of cells under headers; one row may be chosen, and is kept in view.
package struct Table: Widget {
  /// The heading of a column, and how wide it is.
  package struct Column: Hashable, Sendable {
    /// The header.
    package let header: String
    /// The width.
    package let length: Length
    /// How its cells are aligned.
    package let alignment: TextLine.Alignment

    /// A column, its cells at the left by default.
    package init(_ header: String, _ length: Length, _ alignment: TextLine.Alignment = .left) {
      self.header = header
      self.length = length
      self.alignment = alignment
    }
  }

  /// The columns, from left to right.
  package var columns: [Column]
  /// The rows; a row with fewer cells than columns ends early.
  package var rows: [[TextLine]]
  /// The index of the chosen row.
  package var selectedRow: Int?
  /// The index of the row at the top, moved where the chosen row would be out of view.
  package var firstRow: Int
  /// How headers look.
  package var headerStyle: Style
  /// What is laid behind the chosen row.
  package var selectionColor: Color

  /// A table of these rows; without any header text there is no header row.
  package init(
    columns: [Column], rows: [[TextLine]], selectedRow: Int? = nil, firstRow: Int = 0,
    headerStyle: Style = .foreground(Accents.muted).bold, selectionColor: Color = Accents.selection
  ) {
    self.columns = columns
    self.rows = rows
    self.selectedRow = selectedRow
    self.firstRow = firstRow
    self.headerStyle = headerStyle
    self.selectionColor = selectionColor
  }

  /// The rows in view in an area of that height.
  package func visibleRows(height: Int) -> Range<Int> {
    ListWindow.visible(
      count: rows.count, height: height - (hasHeader ? 1 : 0), selected: selectedRow, first: firstRow)
  }

  /// Draws the header, the rows in view and, where some are not, a scroll bar.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    buffer.clipped(to: area) { buffer in
      let visible = visibleRows(height: area.height)
      let scrolls = visible.count < rows.count
      let places = columnPlaces(area.inset(right: scrolls ? 1 : 0))
      var y = area.y
      if hasHeader {
        for (column, place) in zip(columns, places) {
          draw(TextLine(column.header, headerStyle), column, into: &buffer, place, y: y)
        }
        y += 1
      }
      for index in visible {
        for ((column, place), line) in zip(zip(columns, places), rows[index]) {
          draw(line, column, into: &buffer, place, y: y)
        }
        if index == selectedRow {
          buffer.highlight(Rect(x: area.x, y: y, width: area.width, height: 1), selectionColor)
        }
        y += 1
      }
      if scrolls {
        ScrollBar(total: rows.count, visible: visible).draw(
          into: &buffer,
          area: Rect(
            x: area.maxX - 1, y: area.y + (hasHeader ? 1 : 0), width: 1, height: visible.count))
      }
    }
  }

  private var hasHeader: Bool { columns.contains { !$0.header.isEmpty } }

  private func columnPlaces(_ area: Rect) -> [Rect] {
    // One empty column between neighbours.
    let lengths = columns.flatMap { [$0.length, .fixed(1)] }.dropLast()
    return area.splitColumns(Array(lengths)).enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
  }

  private func draw(_ line: TextLine, _ column: Column, into buffer: inout Buffer, _ place: Rect, y: Int) {
    line.draw(
      into: &buffer, area: Rect(x: place.x, y: y, width: place.width, height: 1),
      alignment: column.alignment)
  }
}
