/// Something that has become known of a run, for its diagnosis. Live runs, replays, recordings and scripts tell the same
/// facts, so that one set of rules judges them all. What a source cannot know is nil or empty in it.
package enum Fact: Sendable, Equatable, Codable {
  /// What the run is made of; told before the first step, and again where it has changed.
  case run(RunFacts)
  /// A step that was looked at, after its loss was told. Not every step is, but the first always.
  case step(StepFacts)
  /// The losses of steps in succession; told for all steps.
  case losses([LossFacts])
  /// An epoch has ended.
  case epoch(EpochFacts)
  /// Data have gone through the model outside training.
  case evaluation(EvaluationFacts)
  /// An error has ended a step.
  case failure(FailureFacts)
}

/// The loss of one step.
package struct LossFacts: Sendable, Equatable, Codable {
  /// The step, from 1.
  package var step: Int
  /// The loss of its batch.
  package var loss: Float
  /// The learning rate with which it was trained; nil where that is not known.
  package var learningRate: Double?

  /// The loss of a step.
  package init(step: Int, loss: Float, learningRate: Double? = nil) {
    (self.step, self.loss, self.learningRate) = (step, loss, learningRate)
  }
}

/// What an epoch came to.
package struct EpochFacts: Sendable, Equatable, Codable {
  /// Loss and accuracy, training and validation.
  package var result: EpochResult
  /// How often each class was the label of a training sample, and of those how often another was predicted; empty where
  /// targets are not classes or nobody counted.
  package var classes: [ClassCount]

  /// The samples of one class.
  package struct ClassCount: Sendable, Equatable, Codable {
    /// How many samples have the label.
    package var samples: Int
    /// For how many of them another class is predicted.
    package var mispredicted: Int

    /// The samples of one class.
    package init(samples: Int, mispredicted: Int) {
      (self.samples, self.mispredicted) = (samples, mispredicted)
    }
  }

  /// What an epoch came to.
  package init(result: EpochResult, classes: [ClassCount] = []) {
    (self.result, self.classes) = (result, classes)
  }
}

/// A pass of data through the model outside training.
package struct EvaluationFacts: Sendable, Equatable, Codable {
  /// The step after which it took place.
  package var step: Int
  /// The modules that behave differently in training, dropout and batch norm, and that were in training mode in it.
  package var modulesInTrainingMode: [String]
  /// Whether gradients were recorded in it, so that its memory grows.
  package var recordsGradients: Bool
  /// Where in the user's source it takes place, `train.py:12`.
  package var location: String?

  /// A pass outside training.
  package init(
    step: Int, modulesInTrainingMode: [String], recordsGradients: Bool = false, location: String? = nil
  ) {
    self.step = step
    self.modulesInTrainingMode = modulesInTrainingMode
    self.recordsGradients = recordsGradients
    self.location = location
  }
}

/// An error that ended a step.
package struct FailureFacts: Sendable, Equatable, Codable {
  /// Where in the run.
  package var position: Position
  /// The operator that failed, `cross_entropy`; nil where it is not known.
  package var operation: String?
  /// Its node, or the parameter.
  package var node: String?
  /// The error's own words.
  package var message: String
  /// What it is an error of, where the source knows that.
  package var kind: Kind?
  /// Where in the user's source.
  package var location: String?
  /// The line at fault, where it is another: the change in place.
  package var origin: String?
  /// The label that is no class; nil where it is not known.
  package var label: Int?
  /// How many classes the output has; nil where it is not known.
  package var classCount: Int?

  /// What an error is about.
  package enum Kind: String, Sendable, Equatable, Codable {
    /// A label is not one of the output's classes.
    case labelOutOfRange
    /// A tensor that backward needs was changed after it was used.
    case changedInPlace
    /// Batch norm was given one value per channel.
    case batchOfOneRow
    /// The optimizer has no parameters.
    case emptyOptimizer
    /// Nothing in the loss requires a gradient.
    case noGradient
    /// An earlier backward has freed the graph.
    case graphFreed
  }

  /// An error that ended a step.
  package init(
    position: Position, operation: String? = nil, node: String? = nil, message: String, kind: Kind? = nil,
    location: String? = nil, origin: String? = nil, label: Int? = nil, classCount: Int? = nil
  ) {
    self.position = position
    self.operation = operation
    self.node = node
    self.message = message
    self.kind = kind
    self.location = location
    (self.origin, self.label, self.classCount) = (origin, label, classCount)
  }
}
