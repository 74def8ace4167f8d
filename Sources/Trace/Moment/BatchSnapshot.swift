/// Some samples of a step's batch, and the model's predictions for them.
package struct BatchSnapshot: Sendable, Equatable, Codable {
  /// One sample.
  package struct Sample: Sendable, Equatable, Codable {
    /// Its index in the data.
    package var index: Int
    /// The class it is labelled with; nil where targets are not classes.
    package var label: Int?
    /// The class with the greatest output; nil before forward has computed it.
    package var prediction: Int?
    /// The softmax of the outputs at the prediction.
    package var probability: Float?
    /// The softmax of the outputs, class by class; empty before forward has computed them.
    package var probabilities: [Float]
    /// The number that the output is to come close to, in its own units; nil where targets are not one number.
    package var target: Float?
    /// The output, in the target's units; nil before forward has computed it.
    package var output: Float?
    /// The values that go into the model.
    package var values: [Float]

    /// A sample.
    package init(
      index: Int, label: Int?, prediction: Int? = nil, probability: Float? = nil, probabilities: [Float] = [],
      values: [Float]
    ) {
      self.index = index
      self.label = label
      self.prediction = prediction
      self.probability = probability
      self.probabilities = probabilities
      self.values = values
    }

    /// Whether the prediction differs from the label.
    package var isWrong: Bool { label != nil && prediction != nil && label != prediction }
  }

  /// Rows and columns of an image.
  package struct ImageSize: Sendable, Equatable, Codable {
    /// The rows.
    package var rows: Int
    /// The columns.
    package var columns: Int

    /// A size.
    package init(rows: Int, columns: Int) {
      self.rows = rows
      self.columns = columns
    }
  }

  /// The first samples of the batch, no more than a screen can show.
  package var samples: [Sample]
  /// How many samples the batch has.
  package var count: Int
  /// How many of all its samples are predicted as labelled; nil before forward has computed the outputs.
  package var correctCount: Int?
  /// The samples' size as images; nil where they are not images.
  package var imageSize: ImageSize?
  /// The model's predictions over the plane, where samples are points in it.
  package var regions: DecisionRegions?

  /// A batch.
  package init(
    samples: [Sample], count: Int, correctCount: Int? = nil, imageSize: ImageSize? = nil,
    regions: DecisionRegions? = nil
  ) {
    self.samples = samples
    self.count = count
    self.correctCount = correctCount
    self.imageSize = imageSize
    self.regions = regions
  }
}
