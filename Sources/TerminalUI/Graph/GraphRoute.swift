/// A cell of a laid out graph, counted from its top left corner.
package struct GraphPoint: Hashable, Sendable {
  /// The column.
  package var x: Int
  /// The row.
  package var y: Int

  /// The cell at `x`, `y`.
  package init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// The way of one edge, from the box it leaves to the box it enters.
package struct GraphRoute: Hashable, Sendable {
  /// The box whose output flows along it.
  package let source: Int
  /// The box it flows into.
  package let target: Int
  /// Its first cell, its turns and its last cell; every piece runs straight across or straight down.
  ///
  /// The first cell lies in the frame of the source, the last one in that of the target.
  package let points: [GraphPoint]

  /// The smallest rectangle that holds every cell of it.
  package var bounds: Rect {
    guard let first = points.first else { return Rect(x: 0, y: 0, width: 0, height: 0) }
    var (left, right, top, bottom) = (first.x, first.x, first.y, first.y)
    for point in points {
      left = min(left, point.x)
      right = max(right, point.x)
      top = min(top, point.y)
      bottom = max(bottom, point.y)
    }
    return Rect(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }
}
