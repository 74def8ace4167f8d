import Localization

/// Images of one size side by side, all in the colours of one scale, a page at a time.
///
/// ```
/// ▄▀█▄ ▀█▄▀
/// ▀▄▄█ █▄▀▄
/// 0    1
/// ```
///
/// A page is chosen so that some images fit on it: large ones are shrunk, small ones enlarged.
package struct ImageGallery: Widget {
  /// A dot of an image.
  package struct Place: Hashable, Sendable {
    /// The image, from 0.
    package let image: Int
    /// The row and column in it.
    package let dot: Matrix.Place

    /// A dot of an image.
    package init(image: Int, dot: Matrix.Place) {
      self.image = image
      self.dot = dot
    }
  }

  /// The images' numbers, one image after the other, each row by row.
  package var values: [Float]
  /// The rows of each image.
  package var rows: Int
  /// The columns of each image.
  package var columns: Int
  /// Which values the colours represent, the same for all images.
  package var scale: HeatMapScale
  /// The colours.
  package var colorMap: ColorMap
  /// The dot that is marked; its page is the one shown.
  package var cursor: Place?
  /// Whether the dot is marked, and not only its page shown.
  package var marksCursor: Bool

  /// Images of that size; an incomplete last one is left out.
  package init(
    values: [Float], rows: Int, columns: Int, scale: HeatMapScale, colorMap: ColorMap, cursor: Place? = nil,
    marksCursor: Bool = true
  ) {
    self.values = values
    self.rows = max(1, rows)
    self.columns = max(1, columns)
    self.scale = scale
    self.colorMap = colorMap
    self.cursor = cursor
    self.marksCursor = marksCursor
  }

  /// How many images there are.
  package var count: Int { values.count / (rows * columns) }

  /// The images on the page that is shown in `area`.
  package func page(area: Rect, capabilities: TerminalCapabilities) -> Range<Int> {
    page(layout(area, capabilities))
  }

  /// The dot drawn in that cell of the screen; nil beside the images.
  package func place(atX x: Int, y: Int, area: Rect, capabilities: TerminalCapabilities) -> Place? {
    let layout = layout(area, capabilities)
    for (index, image) in page(layout).enumerated() {
      let frame = layout.frame(index)
      if frame.contains(x: x, y: y) {
        return map(image, frame).place(atX: x, y: y, area: frame, capabilities: capabilities).map {
          Place(image: image, dot: $0)
        }
      }
    }
    return nil
  }

  /// Draws the images of the page, each over its number, and the legend of the colours at the foot.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty, count > 0 else { return }
    let layout = layout(area, buffer.capabilities)
    let page = page(layout)
    buffer.clipped(to: area) { buffer in
      for (index, image) in page.enumerated() {
        let frame = layout.frame(index)
        map(image, frame).draw(into: &buffer, area: frame)
        guard layout.hasCaptions else { continue }
        let isChosen = marksCursor && cursor?.image == image
        buffer.draw(
          TextLine(
            isChosen ? "▸\(image)" : "\(image)",
            isChosen ? .foreground(Accents.warning).bold : .foreground(Accents.muted)),
          x: frame.x, y: frame.maxY, maxWidth: frame.width)
      }
      guard let legend = layout.legend else { return }
      let painter = HeatMapPainter(scale: scale, colorMap: colorMap, capabilities: buffer.capabilities)
      var notes: [HeatMapLegend.Note] = []
      if page.count < count {
        notes.append(
          HeatMapLegend.Note(
            shade: nil, text: localized("\(page.lowerBound)–\(page.upperBound - 1) of \(count)")))
      }
      if layout.block > 1 {
        notes.append(
          HeatMapLegend.Note(shade: nil, text: localized("max|·| of \(layout.block)×\(layout.block)")))
      }
      HeatMapLegend(painter: painter, notes: notes).draw(into: &buffer, area: legend)
    }
  }

  private func map(_ image: Int, _ frame: Rect) -> HeatMap {
    let size = rows * columns
    return HeatMap(
      Matrix(rows: rows, columns: columns, values: Array(values[image * size..<(image + 1) * size])),
      scale: scale, colorMap: colorMap, cursor: marksCursor && cursor?.image == image ? cursor?.dot : nil,
      showsLegend: false, namesCursor: false)
  }

  private func layout(_ area: Rect, _ capabilities: TerminalCapabilities) -> ImageGalleryLayout {
    ImageGalleryLayout(
      count: count, rows: rows, columns: columns, area: area,
      dotsPerCell: HeatMapPainter.dotsPerCell(capabilities))
  }

  private func page(_ layout: ImageGalleryLayout) -> Range<Int> {
    let first = min(max(0, cursor?.image ?? 0), max(0, count - 1)) / layout.perPage * layout.perPage
    return first..<min(count, first + layout.perPage)
  }
}
