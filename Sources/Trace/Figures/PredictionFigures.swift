/// How well a model predicts over some samples: by class, by label or by number, with the samples it predicts worst.
package struct PredictionFigures: Sendable, Equatable, Codable {
  /// Which samples.
  package enum Part: String, Sendable, Equatable, Codable, CaseIterable {
    /// Those of the step's batch.
    case batch
    /// Those that the epoch has trained on so far, each as the model was in its step.
    case epoch
    /// The validation set.
    case validation
    /// The training set, as it is evaluated.
    case training
  }

  /// A cell of the confusion matrix.
  package struct Cell: Sendable, Hashable, Codable {
    /// The class that the samples have.
    package var label: Int
    /// The class that is predicted for them.
    package var prediction: Int

    /// A cell.
    package init(label: Int, prediction: Int) {
      self.label = label
      self.prediction = prediction
    }
  }

  /// The figures, as the targets are.
  package enum Content: Sendable, Equatable, Codable {
    /// Each target is a class.
    case classes(ClassFigures)
    /// Each target says of several labels whether a sample has them.
    case labels(LabelFigures)
    /// Targets are numbers.
    case numbers(RegressionFigures)
  }

  /// Which samples.
  package var part: Part
  /// The step after which the samples were evaluated, or in which they were trained on last.
  package var step: Int
  /// The step in which the first of the samples were trained on; nil where they were evaluated.
  package var firstStep: Int?
  /// How many samples there are.
  package var sampleCount: Int
  /// How many samples the whole part has, where only some of them are counted; nil where all are.
  package var wholeCount: Int?
  /// The figures.
  package var content: Content
  /// The samples with the greatest losses: of all, or of the cell.
  package var worst: [WorstSample]
  /// The cell of the confusion matrix that the worst samples are in; nil for those of all.
  package var cell: Cell?
  /// Rows and columns of a sample; nil where samples are not images.
  package var imageSize: BatchSnapshot.ImageSize?
  /// What the script calls the samples: its data loader, or a loss function; nil for those of the engine's runs.
  package var source: String?

  /// Figures of some samples.
  package init(
    part: Part, step: Int, firstStep: Int? = nil, sampleCount: Int, wholeCount: Int? = nil, content: Content,
    worst: [WorstSample] = [], imageSize: BatchSnapshot.ImageSize? = nil, source: String? = nil
  ) {
    self.part = part
    self.step = step
    self.firstStep = firstStep
    self.sampleCount = sampleCount
    self.wholeCount = wholeCount
    self.content = content
    self.worst = worst
    self.imageSize = imageSize
    self.source = source
  }

  /// The figures by class, where there are classes.
  package var classes: ClassFigures? {
    if case .classes(let figures) = content { figures } else { nil }
  }

  /// The share of each class's samples, or of those with each label, that are mispredicted; nil for a class without
  /// samples, and empty where targets are numbers.
  package var mispredictedShares: [Double?] {
    switch content {
    case .classes(let figures): figures.mispredictedShares
    case .labels(let figures): (0..<figures.labelCount).map(figures.mispredictedShare)
    case .numbers: []
    }
  }
}
