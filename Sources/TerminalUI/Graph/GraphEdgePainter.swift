/// Collects the lines of the edges in the visible part of a graph, then draws each cell once.
struct GraphEdgePainter {
  /// What passes through a cell.
  private struct Lines {
    var light: GraphArms = []
    var heavy: GraphArms = []
    /// Whether some edge turns here, so that the lines are one line that branches.
    var areJoined = false
  }

  /// The visible part, in the cells of the layout.
  private let visible: Rect
  private var cells: [Lines]

  init(visible: Rect) {
    self.visible = visible
    cells = [Lines](repeating: Lines(), count: visible.width * visible.height)
  }

  /// Adds the visible part of an edge.
  mutating func add(_ points: [GraphPoint], isHeavy: Bool) {
    for (start, end) in zip(points, points.dropFirst()) {
      if start.y == end.y {
        addAcross(from: min(start.x, end.x), to: max(start.x, end.x), y: start.y, isHeavy: isHeavy)
      } else {
        addDown(from: min(start.y, end.y), to: max(start.y, end.y), x: start.x, isHeavy: isHeavy)
      }
    }
    for index in points.indices.dropFirst().dropLast() {
      let arms = arm(from: points[index], to: points[index - 1])
        .union(arm(from: points[index], to: points[index + 1]))
      if arms.turns, visible.contains(x: points[index].x, y: points[index].y) {
        cells[place(points[index].x, points[index].y)].areJoined = true
      }
    }
  }

  /// Draws all lines; the cell of the layout at the top left of the visible part comes to `origin`.
  func draw(
    into buffer: inout Buffer, origin: GraphPoint, glyphs: GraphGlyphs, light: Style, heavy: Style
  ) {
    for y in 0..<visible.height {
      for x in 0..<visible.width {
        let lines = cells[y * visible.width + x]
        guard !lines.light.isEmpty || !lines.heavy.isEmpty else { continue }
        let scalar = glyphs.line(
          light: lines.light.subtracting(lines.heavy), heavy: lines.heavy, areJoined: lines.areJoined)
        buffer[origin.x + x, origin.y + y] = Cell(scalar, style: lines.heavy.isEmpty ? light : heavy)
      }
    }
  }

  private mutating func addAcross(from left: Int, to right: Int, y: Int, isHeavy: Bool) {
    guard y >= visible.y, y < visible.maxY, left < visible.maxX, right >= visible.x else { return }
    for x in max(left, visible.x)...min(right, visible.maxX - 1) {
      var arms: GraphArms = []
      if x > left { arms.insert(.left) }
      if x < right { arms.insert(.right) }
      add(arms, at: place(x, y), isHeavy: isHeavy)
    }
  }

  private mutating func addDown(from top: Int, to bottom: Int, x: Int, isHeavy: Bool) {
    guard x >= visible.x, x < visible.maxX, top < visible.maxY, bottom >= visible.y else { return }
    for y in max(top, visible.y)...min(bottom, visible.maxY - 1) {
      var arms: GraphArms = []
      if y > top { arms.insert(.up) }
      if y < bottom { arms.insert(.down) }
      add(arms, at: place(x, y), isHeavy: isHeavy)
    }
  }

  private mutating func add(_ arms: GraphArms, at place: Int, isHeavy: Bool) {
    if isHeavy {
      cells[place].heavy.formUnion(arms)
    } else {
      cells[place].light.formUnion(arms)
    }
  }

  private func place(_ x: Int, _ y: Int) -> Int { (y - visible.y) * visible.width + x - visible.x }

  private func arm(from point: GraphPoint, to other: GraphPoint) -> GraphArms {
    if other.x != point.x { return other.x < point.x ? .left : .right }
    if other.y != point.y { return other.y < point.y ? .up : .down }
    return []
  }
}
