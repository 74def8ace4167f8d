/// A graph that is larger than its pane, seen from far away: where its boxes are, and which part of it is in view.
package struct GraphOverview: Widget {
  /// Where everything is.
  package var layout: GraphLayout
  /// The cells of the layout that are in view.
  package var view: Rect
  /// The chosen box.
  package var chosen: Int?
  /// The box that ran last.
  package var current: Int?

  /// An overview of a graph, of which a part is in view.
  package init(layout: GraphLayout, view: Rect, chosen: Int? = nil, current: Int? = nil) {
    self.layout = layout
    self.view = view
    self.chosen = chosen
    self.current = current
  }

  /// The smallest pane beside whose graph there is room for an overview.
  package static let smallestPane = Size(width: 46, height: 14)

  /// The cells of the overview of a graph, with its border, in a pane of that size.
  package static func size(of layout: GraphLayout, in pane: Size) -> Size {
    func side(_ length: Int, _ cells: Int, _ most: Int) -> Int {
      max(3, min((length + cells - 1) / cells, most))
    }
    return Size(
      width: side(layout.size.width, 4, min(24, pane.width / 4)) + 2,
      height: side(layout.size.height, 4, min(16, pane.height / 2 - 2)) + 2)
  }

  /// The cell of the layout that a cell of the screen stands for, where the overview is drawn in `area`; nil outside.
  package func point(atX x: Int, y: Int, area: Rect) -> GraphPoint? {
    let inside = area.inset(by: 1)
    guard area.contains(x: x, y: y), !inside.isEmpty else { return nil }
    let column = min(max(x - inside.x, 0), inside.width - 1)
    let row = min(max(y - inside.y, 0), inside.height - 1)
    return GraphPoint(
      x: (2 * column + 1) * layout.size.width / (2 * inside.width),
      y: (2 * row + 1) * layout.size.height / (2 * inside.height))
  }

  /// Draws the overview in a border.
  package func draw(into buffer: inout Buffer, area: Rect) {
    let inside = area.inset(by: 1)
    guard !inside.isEmpty, layout.size.width > 0, layout.size.height > 0 else { return }
    buffer.fill(area, with: .blank)
    Frame().draw(into: &buffer, area: area)
    let isUnicode = buffer.capabilities.glyphs.isUnicode
    var canvas = DotCanvas(columns: inside.width, rows: inside.height, isBraille: isUnicode, layers: 3)
    for (box, frame) in layout.frames.enumerated() {
      let layer = box == chosen ? 2 : box == current ? 1 : 0
      let left = frame.x * canvas.width / layout.size.width
      let right = max(left + 1, frame.maxX * canvas.width / layout.size.width)
      let y = min(canvas.height - 1, frame.y * canvas.height / layout.size.height)
      for x in left..<min(right, canvas.width) { canvas.set(x: x, y: y, layer: layer) }
    }
    let seen = cells(inside)
    let styles: [Style] = [
      .foreground(Accents.muted), .foreground(Accents.focus).bold, .foreground(Accents.warning).bold,
    ]
    for row in 0..<inside.height {
      for column in 0..<inside.width {
        let (x, y) = (inside.x + column, inside.y + row)
        let content = canvas.content(column: column, row: row, yielding: [true, false, false], mixes: true)
        var style = content.map { styles[$0.layer] } ?? .plain
        if seen.contains(x: x, y: y) {
          style = style.background(Accents.selection)
          if content?.layer == 0 { style = style.foreground(.default) }
        }
        let sign: Unicode.Scalar = content.map { isUnicode ? DotCanvas.braille($0.bits) : "#" } ?? " "
        buffer[x, y] = Cell(sign, style: style)
      }
    }
  }

  /// The cells of the screen that stand for what is in view.
  private func cells(_ inside: Rect) -> Rect {
    let left = view.x * inside.width / layout.size.width
    let top = view.y * inside.height / layout.size.height
    let right = (view.maxX * inside.width + layout.size.width - 1) / layout.size.width
    let bottom = (view.maxY * inside.height + layout.size.height - 1) / layout.size.height
    return Rect(
      x: inside.x + left, y: inside.y + top, width: max(1, right - left), height: max(1, bottom - top)
    ).intersection(inside)
  }
}
