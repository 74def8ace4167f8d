/// Turns the points of one curve into dots.
///
/// Points that share a column of dots are drawn as the span from their smallest to their greatest
/// value, so that a million points cost one pass and no outlier is lost. So are the values that a point stands for.
struct CurveTracer {
  let horizontal: ChartAxis
  let vertical: ChartAxis
  let pattern: ChartSeries.Pattern
  let layer: Int

  /// The dots gathered so far in one column.
  private struct Column {
    let x: Int
    var lowest: Int
    var highest: Int
    let first: Int
    var last: Int
  }

  /// Draws the curve; returns the columns of dots in which a value had no place on the axis.
  func trace(_ points: some Sequence<ChartPoint>, on canvas: inout DotCanvas) -> Set<Int> {
    guard canvas.width > 0, canvas.height > 0 else { return [] }
    var gaps: Set<Int> = []
    var open: Column?
    var previous: (x: Int, y: Int)?
    var distance = 0
    for point in points {
      guard let x = column(of: point.x, on: canvas) else { continue }
      guard let y = row(of: point.y, on: canvas) else {
        close(&open, &previous, &distance, on: &canvas)
        previous = nil
        if x >= 0, x < canvas.width { gaps.insert(x) }
        continue
      }
      var (lowest, highest) = (y, y)
      if point.isSpread {
        if let low = row(of: point.low, on: canvas) { lowest = low }
        if let high = row(of: point.high, on: canvas) { highest = high }
      }
      if var column = open, column.x == x {
        column.lowest = max(column.lowest, lowest)
        column.highest = min(column.highest, highest)
        column.last = y
        open = column
      } else {
        close(&open, &previous, &distance, on: &canvas)
        open = Column(x: x, lowest: lowest, highest: highest, first: y, last: y)
      }
    }
    close(&open, &previous, &distance, on: &canvas)
    return gaps
  }

  /// The column of dots of a step; nil where it has no place on the axis.
  func column(of step: Double, on canvas: DotCanvas) -> Int? {
    horizontal.place(step).map { Self.dot($0 * Double(canvas.cellWidth), limit: canvas.width) }
  }

  /// The row of dots of a value; nil where it has no place on the axis.
  func row(of value: Double, on canvas: DotCanvas) -> Int? {
    guard let up = vertical.place(value) else { return nil }
    let down = Double(canvas.cellHeight)
    // A tick is in the middle of its row, between the second and the third of four dots.
    let bottom = Double(canvas.height - canvas.cellHeight) + (down - 1) / 2
    // A value at a tick takes the dot above it: a loss is not seen below 0.
    return Self.dot(bottom - up * down - 1e-6, limit: canvas.height)
  }

  /// The cells of the points between which lines are so long that they could be taken for values.
  func farPoints(_ points: some Sequence<ChartPoint>, on canvas: DotCanvas) -> [(column: Int, row: Int)] {
    let points = points.compactMap { point -> (x: Double, column: Int, row: Int)? in
      guard let x = horizontal.place(point.x), let column = column(of: point.x, on: canvas),
        let row = row(of: point.y, on: canvas)
      else { return nil }
      return (x, column, row)
    }
    return points.enumerated().compactMap { index, point in
      let before = index > 0 ? point.x - points[index - 1].x : 0
      let after = index + 1 < points.count ? points[index + 1].x - point.x : 0
      guard points.count == 1 || max(before, after) >= Self.longLine,
        (0..<canvas.width).contains(point.column), (0..<canvas.height).contains(point.row)
      else { return nil }
      return (point.column / canvas.cellWidth, point.row / canvas.cellHeight)
    }
  }

  /// From so many columns on a line between two points is long.
  private static let longLine = 3.0

  /// A dot's index; far outside it is brought near, so that lines to it stay short.
  private static func dot(_ position: Double, limit: Int) -> Int {
    Int(min(Double(2 * limit), max(Double(-limit), position)).rounded())
  }

  private func close(
    _ open: inout Column?, _ previous: inout (x: Int, y: Int)?, _ distance: inout Int,
    on canvas: inout DotCanvas
  ) {
    guard let column = open else { return }
    open = nil
    if let previous {
      line(from: previous, to: (column.x, column.first), &distance, on: &canvas)
    } else {
      // The first dot of a piece is always drawn, so that a lone point is seen.
      canvas.set(x: column.x, y: column.first, layer: layer)
    }
    if column.highest < column.lowest {
      for y in column.highest...column.lowest {
        if pattern.draws(distance) { canvas.set(x: column.x, y: y, layer: layer) }
        distance += 1
      }
    }
    previous = (column.x, column.last)
  }

  /// Bresenham's line, without its first dot.
  private func line(
    from start: (x: Int, y: Int), to end: (x: Int, y: Int), _ distance: inout Int,
    on canvas: inout DotCanvas
  ) {
    let across = abs(end.x - start.x)
    let down = -abs(end.y - start.y)
    let stepX = start.x < end.x ? 1 : -1
    let stepY = start.y < end.y ? 1 : -1
    var (x, y) = start
    var error = across + down
    while x != end.x || y != end.y {
      let doubled = 2 * error
      if doubled >= down {
        error += down
        x += stepX
      }
      if doubled <= across {
        error += across
        y += stepY
      }
      distance += 1
      if pattern.draws(distance) { canvas.set(x: x, y: y, layer: layer) }
    }
  }
}
