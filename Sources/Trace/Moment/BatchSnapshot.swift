/// Some samples of an iteration's batch, and what the model makes of them.
public struct BatchSnapshot: Sendable, Equatable, Codable {
  /// One sample.
  public struct Sample: Sendable, Equatable, Codable {
    /// Its index in the data.
    public var index: Int
    /// The class it is labelled with; nil where targets are no classes.
    public var label: Int?
    /// The class with the greatest output; nil before forward has computed it.
    public var prediction: Int?
    /// The softmax of the outputs at the prediction.
    public var probability: Float?
    /// The softmax of the outputs, class by class; empty before forward has computed them.
    public var probabilities: [Float]
    /// The values that go into the model.
    public var values: [Float]

    /// A sample.
    public init(
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

    /// Whether the prediction is another class than the label.
    public var isWrong: Bool { label != nil && prediction != nil && label != prediction }
  }

  /// Rows and columns of an image.
  public struct ImageSize: Sendable, Equatable, Codable {
    public var rows: Int
    public var columns: Int

    /// A size.
    public init(rows: Int, columns: Int) {
      self.rows = rows
      self.columns = columns
    }
  }

  /// The first samples of the batch; not more than a screen can show.
  public var samples: [Sample]
  /// How many samples the batch has.
  public var count: Int
  /// How many of all its samples are predicted as labelled; nil before forward has computed the outputs.
  public var correctCount: Int?
  /// The samples' size as images; nil where they are none.
  public var imageSize: ImageSize?
  /// What the model makes of the plane, where samples are points in it.
  public var regions: DecisionRegions?

  /// A batch.
  public init(
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
