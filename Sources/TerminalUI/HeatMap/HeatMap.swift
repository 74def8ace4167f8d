import Localization
import Numbers

/// The numbers of a matrix as colours.
///
/// Two rows of the matrix share a row of the screen. Small matrices are enlarged by whole numbers; of
/// large ones each dot shows the entry of greatest magnitude of its block, so that outliers stay seen.
/// Clipped entries are marked `▴` and `▾`, those not finite `∞` and `×`. Where there are no colours,
/// entries are shades, and those below zero have shades of their own.
package struct HeatMap: Widget {
  /// The numbers.
  package var matrix: Matrix
  /// Which values the colours stand for.
  package var rule: HeatMapScale.Rule
  /// The values that the colours stand for, where they are those of a larger whole; nil to go by the rule.
  package var scale: HeatMapScale?
  /// The colours; nil for those that fit the values and the screen.
  package var colorMap: ColorMap?
  /// The entry that is marked.
  package var cursor: Matrix.Place?
  /// The entries that stay bright while all others are dimmed; nil to dim none.
  package var lit: Matrix.Block?
  /// Whether a row below the picture explains the colours.
  package var showsLegend: Bool
  /// Whether entries are drawn square, as for images.
  package var keepsProportions: Bool
  /// Whether the cursor's row and column are named beside the picture, where there is room.
  package var namesCursor: Bool

  /// A picture of that matrix.
  package init(
    _ matrix: Matrix, rule: HeatMapScale.Rule = .full, scale: HeatMapScale? = nil, colorMap: ColorMap? = nil,
    cursor: Matrix.Place? = nil, lit: Matrix.Block? = nil, showsLegend: Bool = true,
    keepsProportions: Bool = false,
    namesCursor: Bool = true
  ) {
    self.matrix = matrix
    self.rule = rule
    self.scale = scale
    self.colorMap = colorMap
    self.cursor = cursor
    self.lit = lit
    self.showsLegend = showsLegend
    self.keepsProportions = keepsProportions
    self.namesCursor = namesCursor
  }

  /// Draws the picture at the top left of the area, and its legend below.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    buffer.clipped(to: area) { buffer in
      guard !matrix.isEmpty else {
        buffer.draw(
          TextLine(localized("no values"), .foreground(Accents.muted)), x: area.x, y: area.y,
          maxWidth: area.width)
        return
      }
      let painter = makePainter(buffer.capabilities)
      let layout = layout(area, dotsPerCell: painter.dotsPerCell)
      let shades = shades(layout, painter.scale)
      for y in 0..<layout.plot.height {
        for x in 0..<layout.plot.width {
          let upper = shades.dot(row: y * layout.dotsPerCell, column: x)
          let lower = layout.dotsPerCell == 2 ? shades.dot(row: y * 2 + 1, column: x) : nil
          let upperIsLit = isLit(layout, row: y * layout.dotsPerCell, column: x)
          let lowerIsLit = layout.dotsPerCell == 2 && isLit(layout, row: y * 2 + 1, column: x)
          buffer[layout.plot.x + x, layout.plot.y + y] = painter.cell(
            upper: upper, lower: lower, isLit: (upperIsLit, lowerIsLit),
            showsMarks: layout.columns.isMiddle(dot: x))
        }
      }
      drawEdge(into: &buffer, layout, painter.scale, area)
      drawCursor(into: &buffer, layout, painter)
      if let legend = layout.legend {
        HeatMapLegend(painter: painter, notes: notes(layout, painter.scale)).draw(into: &buffer, area: legend)
      }
    }
  }

  /// The entry drawn in that cell of the screen, where the picture is drawn in `area`; of several the
  /// one shown.
  ///
  /// Nil beside the picture.
  package func place(atX x: Int, y: Int, area: Rect, capabilities: TerminalCapabilities) -> Matrix.Place? {
    let layout = layout(area, dotsPerCell: HeatMapPainter.dotsPerCell(capabilities))
    guard layout.plot.contains(x: x, y: y), !matrix.isEmpty else { return nil }
    let rows = layout.rows.entries(dot: (y - layout.plot.y) * layout.dotsPerCell)
    let columns = layout.columns.entries(dot: x - layout.plot.x)
    return matrix.greatest(rows: rows, columns: columns)
  }

  /// How many rows and columns of entries one dot stands for in `area`; 1 and 1 where nothing is left out.
  package func block(area: Rect, capabilities: TerminalCapabilities) -> (rows: Int, columns: Int) {
    let layout = layout(area, dotsPerCell: HeatMapPainter.dotsPerCell(capabilities))
    return (layout.rows.block, layout.columns.block)
  }

  private func layout(_ area: Rect, dotsPerCell: Int) -> HeatMapLayout {
    HeatMapLayout(
      rows: matrix.rows, columns: matrix.columns, area: area, dotsPerCell: dotsPerCell,
      hasCursor: cursor != nil && namesCursor, showsLegend: showsLegend, keepsProportions: keepsProportions)
  }

  private func makePainter(_ capabilities: TerminalCapabilities) -> HeatMapPainter {
    let scale = scale ?? HeatMapScale(matrix.values, rule: rule, isDiverging: colorMap?.isDiverging)
    return HeatMapPainter(
      scale: scale, colorMap: colorMap ?? .usual(isDiverging: scale.isDiverging, on: capabilities.theme),
      capabilities: capabilities)
  }

  private func shades(_ layout: HeatMapLayout, _ scale: HeatMapScale) -> ShadeGrid {
    let across = layout.columns.dots / layout.columns.zoom
    let down = layout.rows.dots / layout.rows.zoom
    var shades: [HeatMapScale.Shade] = []
    shades.reserveCapacity(across * down)
    for row in 0..<down {
      for column in 0..<across {
        let rows = row * layout.rows.block..<(row + 1) * layout.rows.block
        let columns = column * layout.columns.block..<(column + 1) * layout.columns.block
        // What is lit is never hidden by what is not.
        let shown = litPart(rows, columns) ?? (rows, columns)
        let place = matrix.greatest(rows: shown.rows, columns: shown.columns)
        shades.append(scale.shade(matrix[place.row, place.column] ?? .nan))
      }
    }
    return ShadeGrid(
      shades: shades, rows: down, columns: across, rowZoom: layout.rows.zoom,
      columnZoom: layout.columns.zoom)
  }

  /// The lit entries among some; nil where there are none.
  private func litPart(_ rows: Range<Int>, _ columns: Range<Int>) -> (rows: Range<Int>, columns: Range<Int>)?
  {
    guard let lit, lit.rows.overlaps(rows), lit.columns.overlaps(columns) else { return nil }
    return (lit.rows.clamped(to: rows), lit.columns.clamped(to: columns))
  }

  /// Whether a dot is bright: one with a lit entry, or any where none is lit.
  private func isLit(_ layout: HeatMapLayout, row: Int, column: Int) -> Bool {
    lit == nil || litPart(layout.rows.entries(dot: row), layout.columns.entries(dot: column)) != nil
  }

  /// A line at the right of a picture whose zero has the colour of the background: its edge would not be seen.
  private func drawEdge(
    into buffer: inout Buffer, _ layout: HeatMapLayout, _ scale: HeatMapScale, _ area: Rect
  ) {
    guard showsLegend, scale.isDiverging, layout.plot.maxX < area.maxX else { return }
    let line: Unicode.Scalar = buffer.capabilities.glyphs.isUnicode ? "▏" : "|"
    for y in layout.plot.y..<layout.plot.maxY {
      buffer[layout.plot.maxX, y] = Cell(line, style: .foreground(Accents.border))
    }
  }

  private func drawCursor(into buffer: inout Buffer, _ layout: HeatMapLayout, _ painter: HeatMapPainter) {
    guard let cursor, let value = matrix[cursor.row, cursor.column] else { return }
    let cells = layout.cells(cursor)
    for y in cells.y..<cells.maxY {
      for x in cells.x..<cells.maxX {
        let edge: HeatMapPainter.Edge =
          cells.width == 1 ? .single : x == cells.x ? .left : x == cells.maxX - 1 ? .right : .inner
        buffer[x, y] = painter.cursorCell(painter.scale.shade(value), edge)
      }
    }
    let style = Style.foreground(Accents.warning).bold
    if layout.hasTopMargin {
      let label = "▾" + String(cursor.column)
      let x = min(cells.x + (cells.width - 1) / 2, layout.plot.maxX - 1)
      buffer.draw(label, x: x, y: layout.plot.y - 1, style: style)
    }
    if layout.leftMargin > 0 {
      let label = String(cursor.row) + "▸"
      buffer.draw(
        label, x: layout.plot.x - label.count, y: cells.y + (cells.height - 1) / 2, style: style)
    }
  }

  /// What the legend says besides the colours, the most important first.
  private func notes(_ layout: HeatMapLayout, _ scale: HeatMapScale) -> [HeatMapLegend.Note] {
    var counts: [HeatMapScale.Shade: Int] = [:]
    for value in matrix.values.prefix(matrix.rows * matrix.columns)
    where !(value >= scale.low && value <= scale.high) {
      counts[scale.shade(value), default: 0] += 1
    }
    var notes: [HeatMapLegend.Note] = []
    let words: [(HeatMapScale.Shade, String)] = [
      (.notANumber, "NaN"), (.infinite, "inf"), (.above, localized("above")), (.below, localized("below")),
    ]
    for (shade, word) in words {
      guard let count = counts[shade] else { continue }
      notes.append(HeatMapLegend.Note(shade: shade, text: "\(NumberText.grouped(count)) \(word)"))
    }
    if layout.rows.block > 1 || layout.columns.block > 1 {
      let text = localized("max|·| of \(layout.rows.block)×\(layout.columns.block)")
      notes.append(HeatMapLegend.Note(shade: nil, text: text))
    }
    return notes
  }
}

/// The shades of the blocks of a matrix, one or more dots each.
private struct ShadeGrid {
  let shades: [HeatMapScale.Shade]
  let rows: Int
  let columns: Int
  let rowZoom: Int
  let columnZoom: Int

  func dot(row: Int, column: Int) -> HeatMapScale.Shade? {
    let (row, column) = (row / rowZoom, column / columnZoom)
    guard row < rows, column < columns else { return nil }
    return shades[row * columns + column]
  }
}

extension Matrix {
  /// The place of the entry of greatest magnitude; one that is not a number counts as greater still.
  func greatest(rows: Range<Int>, columns: Range<Int>) -> Place {
    let rows = rows.clamped(to: 0..<self.rows)
    let columns = columns.clamped(to: 0..<self.columns)
    var best = Place(row: rows.lowerBound, column: columns.lowerBound)
    guard rows.count > 1 || columns.count > 1 else { return best }
    var greatest: Float = -1
    for row in rows {
      for column in columns {
        let value = values[row * self.columns + column]
        if value.isNaN { return Place(row: row, column: column) }
        if value.magnitude > greatest {
          greatest = value.magnitude
          best = Place(row: row, column: column)
        }
      }
    }
    return best
  }
}
