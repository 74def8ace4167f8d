/// The class that a model predicts at each point of a grid over the plane, and how sure it is.
package struct DecisionRegions: Sendable, Equatable, Codable {
  /// A point of the data.
  package struct Point: Sendable, Equatable, Codable {
    /// Its first value.
    package var x: Float
    /// Its second value.
    package var y: Float
    /// Its class.
    package var label: Int

    /// A point with its class.
    package init(x: Float, y: Float, label: Int) {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// The left edge of the grid's cells; predictions are those at the cells' middles.
  package var left: Float
  /// The right edge of the grid.
  package var right: Float
  /// The bottom edge of the grid.
  package var bottom: Float
  /// The top edge of the grid.
  package var top: Float
  /// How many cells a row has.
  package var columns: Int
  /// How many rows the grid has.
  package var rows: Int
  /// The predicted classes, row by row from the top.
  package var classes: [Int]
  /// How sure the model is of each, from 0 where all classes are alike to 255 where it is certain; empty where that is
  /// not known.
  package var confidences: [UInt8]
  /// The points of the whole set, or of a large one some at even distances.
  package var points: [Point]

  /// Regions on a grid.
  package init(
    left: Float, right: Float, bottom: Float, top: Float, columns: Int, rows: Int, classes: [Int],
    confidences: [UInt8] = [], points: [Point] = []
  ) {
    self.left = left
    self.right = right
    self.bottom = bottom
    self.top = top
    self.columns = columns
    self.rows = rows
    self.classes = classes
    self.confidences = confidences
    self.points = points
  }
}
