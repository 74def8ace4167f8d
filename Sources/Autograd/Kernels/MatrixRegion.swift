/// Some rows and columns of a matrix.
struct MatrixRegion {
  let rows: Range<Int>
  let columns: Range<Int>

  /// Calls `body` with every range of elements that lie one after the other, in a contiguous matrix of `width` columns.
  @inline(__always)
  func forEachRun(width: Int, _ body: (Range<Int>) -> Void) {
    if columns.count == width { return body(rows.lowerBound * width..<rows.upperBound * width) }
    for row in rows { body(row * width + columns.lowerBound..<row * width + columns.upperBound) }
  }
}
