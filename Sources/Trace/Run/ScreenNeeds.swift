/// What the screen shows beyond what every moment has: what is not asked for is not worked out.
package struct ScreenNeeds: Sendable, Equatable, Codable {
  /// The dots of a picture.
  package struct Dots: Sendable, Equatable, Codable {
    /// Dots across.
    package var columns: Int
    /// Dots down.
    package var rows: Int

    /// Dots across and down.
    package init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }
  }

  /// The nodes whose values are sketched, by name.
  package var sketches: Set<String>
  /// The dots of the map of decision regions; nil where it is not shown.
  package var regions: Dots?

  /// Those needs; by default no sketches, and regions of a size that suits a text.
  package init(sketches: Set<String> = [], regions: Dots? = Dots(columns: 48, rows: 32)) {
    self.sketches = sketches
    self.regions = regions
  }
}
