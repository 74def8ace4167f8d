/// The class that a model predicts at each point of a grid over the plane.
package struct DecisionRegions: Sendable, Equatable, Codable {
  /// The left edge of the grid: the middle of its leftmost cells.
  package var left: Float
  /// The right edge of the grid.
  package var right: Float
  /// The bottom edge of the grid.
  package var bottom: Float
  /// The top edge of the grid.
  package var top: Float
  /// How many points a row has.
  package var columns: Int
  /// How many rows the grid has.
  package var rows: Int
  /// The predicted classes, row by row from the top.
  package var classes: [Int]

  /// Regions on a grid.
  package init(left: Float, right: Float, bottom: Float, top: Float, columns: Int, rows: Int, classes: [Int])
  {
    self.left = left
    self.right = right
    self.bottom = bottom
    self.top = top
    self.columns = columns
    self.rows = rows
    self.classes = classes
  }
}
