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

  /// Whose predictions are counted.
  package struct Figures: Sendable, Equatable, Codable {
    /// Which samples; nil for those that suit the run.
    package var part: PredictionFigures.Part?
    /// The cell of the confusion matrix whose samples are shown; nil for the worst of all.
    package var cell: PredictionFigures.Cell?

    /// The figures of some samples.
    package init(part: PredictionFigures.Part?, cell: PredictionFigures.Cell? = nil) {
      self.part = part
      self.cell = cell
    }
  }

  /// The nodes whose values are sketched, by name.
  package var sketches: Set<String>
  /// The dots of the map of decision regions; nil where it is not shown.
  package var regions: Dots?

  /// The samples of which figures are shown; nil where none are.
  package var figures: Figures?

  /// Those needs; by default no sketches, regions of a size that suits a text, and no figures.
  package init(
    sketches: Set<String> = [], regions: Dots? = Dots(columns: 48, rows: 32), figures: Figures? = nil
  ) {
    self.sketches = sketches
    self.regions = regions
    self.figures = figures
  }
}
