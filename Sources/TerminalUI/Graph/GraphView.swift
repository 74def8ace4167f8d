/// A computation graph: its nodes with their states, its edges, the chosen and the current node.
///
/// ```
///                  ✓ x
///                  │
///  ✓ fc1.weight ─┬─✓ fc1.linear
///  ✓ fc1.bias ───╯ │
///                  ◐ relu
/// ```
///
/// The chosen node is a bar between `▐` and `▌` and its edges are heavy lines; the current node has the
/// mark `▶`. Drawing takes time by what is visible, but for a glance at every frame and route.
package struct GraphView: Widget {
  /// Where everything is.
  package var layout: GraphLayout
  /// What is shown of a box of the layout, asked for those in view; a box without a node is left empty.
  package var node: (Int) -> GraphNode?
  /// The node the user chose.
  package var chosen: Int?
  /// The node that ran last.
  package var current: Int?
  /// The cell of the layout at the top left of the area.
  package var scroll: GraphPoint
  /// The styles.
  package var theme: GraphTheme

  /// A view of a graph.
  package init(
    layout: GraphLayout, chosen: Int? = nil, current: Int? = nil,
    scroll: GraphPoint = GraphPoint(x: 0, y: 0), theme: GraphTheme = GraphTheme(),
    node: @escaping (Int) -> GraphNode?
  ) {
    self.layout = layout
    self.node = node
    self.chosen = chosen
    self.current = current
    self.scroll = scroll
    self.theme = theme
  }

  /// A view of a graph whose nodes are in the order of the boxes.
  package init(
    layout: GraphLayout, nodes: [GraphNode], chosen: Int? = nil, current: Int? = nil,
    scroll: GraphPoint = GraphPoint(x: 0, y: 0), theme: GraphTheme = GraphTheme()
  ) {
    self.init(layout: layout, chosen: chosen, current: current, scroll: scroll, theme: theme) {
      nodes.indices.contains($0) ? nodes[$0] : nil
    }
  }

  /// Draws the part of the graph that begins at `scroll`.
  package func draw(into buffer: inout Buffer, area: Rect) {
    let shown = area.intersection(buffer.clip)
    guard !shown.isEmpty else { return }
    let scroll = GraphPoint(
      x: min(max(scroll.x, -area.width), layout.size.width),
      y: min(max(scroll.y, -area.height), layout.size.height))
    let visible = Rect(
      x: shown.x - area.x + scroll.x, y: shown.y - area.y + scroll.y, width: shown.width,
      height: shown.height)
    let glyphs = GraphGlyphs(buffer.capabilities)
    buffer.clipped(to: shown) { buffer in
      drawEdges(into: &buffer, origin: GraphPoint(x: shown.x, y: shown.y), visible, glyphs)
      for (box, frame) in layout.frames.enumerated() {
        guard !frame.intersection(visible).isEmpty, let node = node(box) else { continue }
        let place = Rect(
          x: frame.x - scroll.x + area.x, y: frame.y - scroll.y + area.y, width: frame.width,
          height: frame.height)
        draw(node, box, into: &buffer, place, glyphs)
      }
    }
  }

  private func drawEdges(
    into buffer: inout Buffer, origin: GraphPoint, _ visible: Rect, _ glyphs: GraphGlyphs
  ) {
    var painter = GraphEdgePainter(visible: visible)
    for (index, route) in layout.routes.enumerated()
    where !layout.routeBounds[index].intersection(visible).isEmpty {
      let isHeavy = chosen == route.source || chosen == route.target
      painter.add(route.points, isHeavy: isHeavy)
    }
    painter.draw(
      into: &buffer, origin: origin, glyphs: glyphs, light: chosen == nil ? theme.edge : theme.otherEdge,
      heavy: theme.chosenEdge)
  }

  private func draw(
    _ node: GraphNode, _ box: Int, into buffer: inout Buffer, _ place: Rect, _ glyphs: GraphGlyphs
  ) {
    // The first two columns keep the edges that come in from the left and run on below.
    buffer.fill(place.inset(left: GraphMetrics.port + 1), with: .blank)
    buffer[place.x + GraphMetrics.port, place.y] = Cell(
      glyphs.mark(of: node.state), style: theme.style(of: node.state))
    if let breakpoint = node.breakpoint {
      buffer[place.x + GraphMetrics.port + 1, place.y] = Cell(
        breakpoint == .armed ? glyphs.breakpoint : glyphs.disabledBreakpoint, style: theme.breakpoint)
    }
    if node.isFaulty {
      // Beside a breakpoint it takes the column of the chosen node's mark.
      let column = node.breakpoint == nil ? GraphMetrics.port + 1 : 0
      buffer[place.x + column, place.y] = Cell(glyphs.faulty, style: theme.faulty)
    }
    let left = place.x + GraphMetrics.leading
    let width = place.width - GraphMetrics.leading - GraphMetrics.trailing
    for (line, label) in node.label.prefix(place.height).enumerated() {
      let right = min(label.right.width, width)
      // A number is never cut by the edge of the pane: it moves inside, or is left out.
      let end = min(left + width, buffer.clip.maxX)
      let isShown = right > 0 && (end == left + width || end - right > left + label.left.width)
      if isShown { buffer.draw(label.right, x: end - right, y: place.y + line, maxWidth: right) }
      let room = isShown ? end - left - right - 1 : width
      buffer.draw(label.left, x: left, y: place.y + line, maxWidth: room)
    }
    if chosen == box { markChosen(into: &buffer, place, glyphs) }
    if current == box {
      buffer[place.x, place.y] = Cell(glyphs.current, style: theme.current)
    }
  }

  private func markChosen(into buffer: inout Buffer, _ place: Rect, _ glyphs: GraphGlyphs) {
    buffer.restyle(place.inset(left: GraphMetrics.port, right: GraphMetrics.trailing)) { style in
      if style.background == .default { style.background = theme.chosen.background }
      if style.foreground == .default { style.foreground = theme.chosen.foreground }
      style.attributes.formUnion(theme.chosen.attributes)
    }
    let mark = Style(foreground: theme.chosen.background, attributes: theme.chosen.attributes)
    for y in place.y..<place.maxY {
      buffer[place.x, y] = Cell(glyphs.chosenLeft, style: mark)
      buffer[place.maxX - 1, y] = Cell(glyphs.chosenRight, style: mark)
    }
  }
}
