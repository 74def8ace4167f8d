import Localization
import TerminalUI
import Trace

/// The picture of a tensor in the node pane: one of its matrices, a page of that, or a page of images.
struct NodePicture {
  private enum Content {
    /// A part of a matrix; `row` and `column` are those of its first entry.
    case map(HeatMap, row: Int, column: Int)
    case gallery(ImageGallery, TensorSlices.ImageSize)
  }

  private let content: Content
  private let slices: TensorSlices
  private let area: Rect
  private let capabilities: TerminalCapabilities
  /// Which part of the tensor is shown, in words; empty for all of it.
  let part: String

  /// The picture in `area`; nil where there is nothing to draw, or no room.
  init?(_ tensor: TensorSnapshot, _ state: DebuggerState, area: Rect, capabilities: TerminalCapabilities) {
    let slices = TensorSlices(tensor)
    guard slices.rows > 0, slices.columns > 0, !area.isEmpty else { return nil }
    self.slices = slices
    self.area = area
    self.capabilities = capabilities
    let look = state.nodePane
    let scale = HeatMapScale(
      HeatMapSpread(tensor.statistics), rule: look.scale.rule, isDiverging: look.colorMap?.isDiverging)
    let colors = look.colorMap ?? .usual(isDiverging: scale.isDiverging, on: capabilities.theme)
    let isMarked = state.pane == .node
    if look.showsImages, let size = slices.imageSize {
      let place = slices.imagePlace(of: state.cell, in: size)
      let gallery = ImageGallery(
        values: tensor.values, rows: size.rows, columns: size.columns, scale: scale, colorMap: colors,
        cursor: place, marksCursor: isMarked)
      content = .gallery(gallery, size)
      part = localized("image \(place.image), \(size.rows)×\(size.columns)")
      return
    }
    let slice = slices.slice(ofRow: state.cell.row)
    let all = slices.rows(ofSlice: slice)
    var (rows, columns) = (0..<all.count, 0..<slices.columns)
    if look.showsEntries {
      let page = Self.page(area, capabilities)
      rows = Self.page(of: state.cell.row - all.lowerBound, size: page.height, in: rows)
      columns = Self.page(of: state.cell.column, size: page.width, in: columns)
    }
    let cursor = Matrix.Place(
      row: state.cell.row - all.lowerBound - rows.lowerBound, column: state.cell.column - columns.lowerBound)
    let map = HeatMap(
      Self.matrix(tensor.values, slices, from: all.lowerBound, rows, columns), scale: scale, colorMap: colors,
      cursor: isMarked ? cursor : nil,
      namesCursor: rows.count == all.count && columns.count == slices.columns)
    content = .map(map, row: all.lowerBound + rows.lowerBound, column: columns.lowerBound)
    let words = [
      slices.count > 1
        ? localized("slice \(slice + 1) of \(slices.count) \(slices.name(ofSlice: slice))") : nil,
      rows.count < all.count
        ? localized("rows \(rows.lowerBound)–\(rows.upperBound - 1) of \(all.count)") : nil,
      columns.count < slices.columns
        ? localized("columns \(columns.lowerBound)–\(columns.upperBound - 1) of \(slices.columns)") : nil,
    ]
    part = words.compactMap { $0 }.joined(separator: "  ")
  }

  /// Draws the picture.
  func draw(into buffer: inout Buffer) {
    switch content {
    case .map(let map, _, _): map.draw(into: &buffer, area: area)
    case .gallery(let gallery, _): gallery.draw(into: &buffer, area: area)
    }
  }

  /// The cell drawn there on the screen; nil beside the picture.
  func cell(atX x: Int, y: Int) -> Matrix.Place? {
    switch content {
    case .map(let map, let row, let column):
      map.place(atX: x, y: y, area: area, capabilities: capabilities).map {
        Matrix.Place(row: row + $0.row, column: column + $0.column)
      }
    case .gallery(let gallery, let size):
      gallery.place(atX: x, y: y, area: area, capabilities: capabilities).map {
        slices.cell(at: $0, in: size)
      }
    }
  }

  /// The cell that a move leads to, within the matrix or the image; by a page of what is shown, or by ten rows.
  func cell(from cell: Matrix.Place, rows: Int, columns: Int, pages: Int) -> Matrix.Place {
    switch content {
    case .map(let map, _, _):
      let all = slices.rows(ofSlice: slices.slice(ofRow: cell.row))
      let isPage = map.matrix.rows < all.count
      let down = rows + pages * (isPage ? map.matrix.rows : 10)
      return Matrix.Place(
        row: max(all.lowerBound, min(cell.row + down, all.upperBound - 1)),
        column: max(0, min(cell.column + columns, slices.columns - 1)))
    case .gallery(let gallery, let size):
      let place = slices.imagePlace(of: cell, in: size)
      let perPage = gallery.page(area: area, capabilities: capabilities).count
      let dot = Matrix.Place(
        row: max(0, min(place.dot.row + rows, size.rows - 1)),
        column: max(0, min(place.dot.column + columns, size.columns - 1)))
      let image = max(0, min(place.image + pages * max(1, perPage), gallery.count - 1))
      return slices.cell(at: ImageGallery.Place(image: image, dot: dot), in: size)
    }
  }

  /// The same cell, some slices or images farther on.
  func cell(from cell: Matrix.Place, slices step: Int) -> Matrix.Place {
    switch content {
    case .map:
      let slice = max(0, min(slices.slice(ofRow: cell.row) + step, slices.count - 1))
      let row = slices.rows(ofSlice: slice).lowerBound + cell.row % slices.rowsPerSlice
      return Matrix.Place(row: row, column: cell.column)
    case .gallery(let gallery, let size):
      let place = slices.imagePlace(of: cell, in: size)
      let image = max(0, min(place.image + step, gallery.count - 1))
      return slices.cell(at: ImageGallery.Place(image: image, dot: place.dot), in: size)
    }
  }

  /// The rows and columns of entries for which there is room, one to a dot.
  private static func page(_ area: Rect, _ capabilities: TerminalCapabilities) -> Size {
    let dots = capabilities.colorSupport >= .palette256 && capabilities.glyphs.isUnicode ? 2 : 1
    return Size(width: area.width, height: max(1, area.height - (area.height >= 3 ? 1 : 0)) * dots)
  }

  private static func page(of index: Int, size: Int, in all: Range<Int>) -> Range<Int> {
    guard size > 0, all.count > size else { return all }
    // The last page is as full as the others.
    let first = min(index / size * size, all.count - size)
    return first..<first + size
  }

  private static func matrix(
    _ values: [Float], _ slices: TensorSlices, from start: Int, _ rows: Range<Int>, _ columns: Range<Int>
  ) -> Matrix {
    let isWhole = columns.count == slices.columns
    if isWhole, rows.count == slices.rows {
      return Matrix(rows: rows.count, columns: columns.count, values: values)
    }
    var part: [Float] = []
    part.reserveCapacity(rows.count * columns.count)
    for row in rows {
      let first = (start + row) * slices.columns
      part += values[first + columns.lowerBound..<first + columns.upperBound]
    }
    return Matrix(rows: rows.count, columns: columns.count, values: part)
  }
}

extension HeatMapSpread {
  /// The spread that a tensor's statistics describe.
  init(_ statistics: TensorStatistics) {
    let finite = statistics.count - statistics.nanCount - statistics.infiniteCount
    guard finite > 0 else {
      self.init([])
      return
    }
    self.init(
      low: statistics.minimum, high: statistics.maximum, mean: statistics.mean,
      deviation: statistics.deviation, rootMeanSquare: statistics.norm / Float(finite).squareRoot())
  }
}
