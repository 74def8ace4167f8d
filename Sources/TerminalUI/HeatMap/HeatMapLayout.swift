/// How the entries of a matrix are spread over an area: one entry over several dots, or several entries
/// in one.
///
/// A dot is half a cell high where half blocks are drawn, otherwise a whole cell.
struct HeatMapLayout: Hashable {
  /// One direction: `block` entries share a dot, or an entry takes `zoom` dots; one of the two is 1.
  struct Direction: Hashable {
    let zoom: Int
    let block: Int
    /// How many dots there are.
    let dots: Int

    /// A single entry is never drawn larger than this.
    static let largestZoom = 16

    init(entries: Int, room: Int, zoom wanted: Int? = nil) {
      guard entries > 0, room > 0 else {
        (zoom, block, dots) = (1, 1, 0)
        return
      }
      zoom = max(1, min(wanted ?? Self.largestZoom, room / entries))
      block = max(1, (entries + room - 1) / room)
      dots = (entries + block - 1) / block * zoom
    }

    /// Whether that dot is the middle one of those its entries are drawn in.
    func isMiddle(dot: Int) -> Bool { dot % zoom == (zoom - 1) / 2 }

    /// The entries drawn in that dot.
    func entries(dot: Int) -> Range<Int> { dot / zoom * block..<(dot / zoom + 1) * block }

    /// The dots in which that entry is drawn.
    func dots(entry: Int) -> Range<Int> { entry / block * zoom..<(entry / block + 1) * zoom }
  }

  let rows: Direction
  let columns: Direction
  /// 2 where half blocks are drawn, otherwise 1.
  let dotsPerCell: Int
  /// The cells the dots take.
  let plot: Rect
  /// The row above the plot that names the cursor's column.
  let hasTopMargin: Bool
  /// The columns to the left of the plot that name the cursor's row.
  let leftMargin: Int
  /// The row below that explains the colours.
  let legend: Rect?

  init(
    rows rowCount: Int, columns columnCount: Int, area: Rect, dotsPerCell: Int, hasCursor: Bool,
    showsLegend: Bool, keepsProportions: Bool
  ) {
    self.dotsPerCell = dotsPerCell
    let hasLegend = showsLegend && area.height >= 3
    let whole = area.inset(bottom: hasLegend ? 1 : 0)
    let picture = Picture(
      rowCount: rowCount, columnCount: columnCount, dotsPerCell: dotsPerCell,
      keepsProportions: keepsProportions)
    // The margins take what room the picture leaves, and never make it smaller.
    let digits = String(max(0, rowCount - 1)).count
    let largest = picture.directions(whole)
    hasTopMargin = hasCursor && area.height >= 5 && picture.directions(whole.inset(top: 1)) == largest
    let below = whole.inset(top: hasTopMargin ? 1 : 0)
    leftMargin =
      hasCursor && area.width >= digits + 9 && picture.directions(below.inset(left: digits + 1)) == largest
      ? digits + 1 : 0
    let room = below.inset(left: leftMargin)
    (rows, columns) = (largest.rows, largest.columns)
    plot = Rect(
      x: room.x, y: room.y, width: columns.dots, height: (rows.dots + dotsPerCell - 1) / dotsPerCell)
    // The legend follows the picture; it is not at the foot of an area that is mostly empty.
    legend = hasLegend ? Rect(x: area.x, y: plot.maxY, width: area.width, height: 1) : nil
  }

  /// What the size of a picture depends on, besides the room for it.
  private struct Picture {
    struct Directions: Equatable {
      let rows: Direction
      let columns: Direction
    }

    let rowCount: Int
    let columnCount: Int
    let dotsPerCell: Int
    let keepsProportions: Bool

    func directions(_ room: Rect) -> Directions {
      let rows = Direction(entries: rowCount, room: room.height * dotsPerCell)
      let columns = Direction(entries: columnCount, room: room.width)
      guard keepsProportions else { return Directions(rows: rows, columns: columns) }
      // A cell is about twice as high as it is wide.
      let wide = 2 / dotsPerCell
      let zoom = max(1, min(rows.zoom, columns.zoom / wide))
      return Directions(
        rows: Direction(entries: rowCount, room: room.height * dotsPerCell, zoom: zoom),
        columns: Direction(entries: columnCount, room: room.width, zoom: zoom * wide))
    }
  }

  /// The cells in which an entry is drawn, wholly or in part.
  func cells(_ place: Matrix.Place) -> Rect {
    let across = columns.dots(entry: place.column)
    let down = rows.dots(entry: place.row)
    let top = down.lowerBound / dotsPerCell
    let bottom = (down.upperBound - 1) / dotsPerCell
    return Rect(
      x: plot.x + across.lowerBound, y: plot.y + top, width: across.count, height: bottom - top + 1)
  }
}
