/// The class that a model predicts at each point of a grid over the plane.
public struct DecisionRegions: Sendable, Equatable, Codable {
  /// Where the grid lies: the middles of its outermost cells.
  public var left: Float
  public var right: Float
  public var bottom: Float
  public var top: Float
  /// How many points a row has, and how many rows there are.
  public var columns: Int
  public var rows: Int
  /// The predicted classes, row by row from the top.
  public var classes: [Int]

  /// Regions on a grid.
  public init(left: Float, right: Float, bottom: Float, top: Float, columns: Int, rows: Int, classes: [Int]) {
    self.left = left
    self.right = right
    self.bottom = bottom
    self.top = top
    self.columns = columns
    self.rows = rows
    self.classes = classes
  }
}
