/// A rectangle of cells, its origin at the top left; `y` grows downwards.
package struct Rect: Hashable, Sendable {
  /// The first column.
  package let x: Int
  /// The first row.
  package let y: Int
  /// Columns; never negative.
  package let width: Int
  /// Rows; never negative.
  package let height: Int

  /// A rectangle; a negative width or height becomes 0.
  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The rectangle of a whole buffer of that size.
  package init(_ size: Size) {
    self.init(x: 0, y: 0, width: size.width, height: size.height)
  }

  /// The width and the height.
  package var size: Size { Size(width: width, height: height) }

  /// Whether it holds no cell.
  package var isEmpty: Bool { width == 0 || height == 0 }

  /// The first column to the right of it.
  package var maxX: Int { x.addingClamped(width) }

  /// The first row below it.
  package var maxY: Int { y.addingClamped(height) }

  /// Whether the cell at `x`, `y` lies inside.
  package func contains(x: Int, y: Int) -> Bool {
    x >= self.x && x < maxX && y >= self.y && y < maxY
  }

  /// The part it shares with `other`; empty where they do not meet.
  package func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    let right = min(maxX, other.maxX)
    let bottom = min(maxY, other.maxY)
    guard right > left, bottom > top else { return Rect(x: left, y: top, width: 0, height: 0) }
    return Rect(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// The rectangle made smaller on its four sides; empty where nothing is left.
  package func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
    Rect(
      x: x.addingClamped(left), y: y.addingClamped(top),
      width: width.subtractingClamped(left).subtractingClamped(right),
      height: height.subtractingClamped(top).subtractingClamped(bottom))
  }

  /// The rectangle made smaller by `cells` on every side.
  package func inset(by cells: Int) -> Rect {
    inset(left: cells, top: cells, right: cells, bottom: cells)
  }

  /// One of its rows, counted from 0 at the top; empty where there is no such row.
  package func row(_ index: Int) -> Rect {
    guard index >= 0, index < height else { return Rect(x: x, y: y, width: 0, height: 0) }
    return Rect(x: x, y: y + index, width: width, height: 1)
  }

  /// A rectangle of at most that size in its middle.
  package func centered(_ size: Size) -> Rect {
    let width = min(size.width, self.width)
    let height = min(size.height, self.height)
    return Rect(
      x: x.addingClamped((self.width - width) / 2), y: y.addingClamped((self.height - height) / 2),
      width: width, height: height)
  }
}

extension Int {
  /// The sum, or the nearest representable number where it would overflow.
  func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    guard overflow else { return sum }
    return other > 0 ? .max : .min
  }

  /// The difference, or the nearest representable number where it would overflow.
  func subtractingClamped(_ other: Int) -> Int {
    let (difference, overflow) = subtractingReportingOverflow(other)
    guard overflow else { return difference }
    return other > 0 ? .min : .max
  }
}
