/// What was seen of one whole step, for its diagnosis.
package struct StepFacts: Sendable, Equatable, Codable {
  /// The step, from 1.
  package var step: Int
  /// The nodes of the step.
  package var graph: ComputationGraph
  /// What was measured of each node, in the graph's order; empty where nothing was.
  package var nodes: [NodeFacts]
  /// What was measured of the parameters, in the model's order.
  package var parameters: [ParameterFacts]
  /// The loss; nil where there is no one number.
  package var loss: Float?
  /// The loss of the same batch in evaluation mode, where that was tried.
  package var evaluationLoss: Float?
  /// The learning rate.
  package var learningRate: Double?
  /// How many samples the batch has; nil where that is not known.
  package var batchCount: Int?
  /// The model's inputs.
  package var inputs: InputFacts?
  /// The targets given to the loss.
  package var targets: TargetFacts?
  /// What the user's loop called, from the step before to the end of this one.
  package var calls: CallFacts?
  /// The modules that behave differently in training, dropout and batch norm, and that are in evaluation mode in this step.
  package var modulesInEvaluationMode: [String]
  /// Where in the user's source they were put into evaluation mode; nil where that is not known.
  package var evaluationModeLocation: String?
  /// Two samples of the batch of which one's output depends on the other's input; nil where that was not tried, or is not so.
  package var mixed: MixedSamples?
  /// Which of several optimizers ended the step, by its place among them; nil where there is one, or that is not known.
  package var optimizer: Int?

  /// A sample whose output depends on another's input.
  package struct MixedSamples: Sendable, Equatable, Codable {
    /// The sample whose output changes.
    package var output: Int
    /// The sample whose input was changed.
    package var input: Int
    /// The first node in which it shows.
    package var node: String?

    /// A sample whose output depends on another's input.
    package init(output: Int, input: Int, node: String? = nil) {
      (self.output, self.input, self.node) = (output, input, node)
    }
  }

  /// What was seen of a step.
  package init(step: Int, graph: ComputationGraph) {
    self.step = step
    self.graph = graph
    nodes = []
    parameters = []
    modulesInEvaluationMode = []
  }

  /// What was measured of a node; nil where nothing was.
  package func facts(of node: Int) -> NodeFacts? { nodes.indices.contains(node) ? nodes[node] : nil }

  /// The nodes that compute the loss, in the order in which they ran.
  package var lossNodes: [ComputationGraph.Node] {
    graph.nodes.filter { $0.kind == .operation && $0.phase == .loss }
  }

  /// The last node of the step's computation, on which backward was called.
  package var root: ComputationGraph.Node? { graph.nodes.last { $0.kind == .operation } }
}

/// What was measured of a node.
package struct NodeFacts: Sendable, Equatable, Codable {
  /// Its value; nil where it was not measured.
  package var value: TensorStatistics?
  /// Its gradient.
  package var gradient: TensorStatistics?
  /// The mean of the gradient's magnitudes.
  package var gradientMagnitude: Float?
  /// Its units, where it is an activation function.
  package var units: UnitFacts?
  /// Whether every row is of probabilities: no number below 0, and a sum of 1 but for rounding. Measured of what the loss is
  /// given.
  package var hasRowsOfProbabilities: Bool
  /// Whether backward came to it.
  package var isReached: Bool
  /// What a loss makes of the losses of its samples; nil of other nodes, and where that is not known.
  package var reduction: Reduction?
  /// The dimension over which softmax or log-softmax sums, from 0; nil of other nodes, and where that is not known.
  package var dimension: Int?

  /// What a loss makes of the losses of its samples.
  package enum Reduction: String, Sendable, Equatable, Codable {
    /// Their mean.
    case mean
    /// Their sum.
    case sum
    /// Nothing: there is one for each sample.
    case none
  }

  /// What was measured of a node.
  package init(
    value: TensorStatistics? = nil, gradient: TensorStatistics? = nil, gradientMagnitude: Float? = nil,
    units: UnitFacts? = nil, hasRowsOfProbabilities: Bool = false, isReached: Bool = false,
    reduction: Reduction? = nil, dimension: Int? = nil
  ) {
    self.value = value
    self.gradient = gradient
    self.gradientMagnitude = gradientMagnitude
    self.units = units
    self.hasRowsOfProbabilities = hasRowsOfProbabilities
    self.isReached = isReached
    self.reduction = reduction
    self.dimension = dimension
  }
}

/// The units of an activation function in one batch: columns of a matrix, channels of images.
package struct UnitFacts: Sendable, Equatable, Codable {
  /// How many numbers each unit has: samples, times places of an image.
  package var count: Int
  /// Of each unit, how many of its numbers are active: of a magnitude of 1e-5 or more.
  package var active: [Int]
  /// Of each unit, how many of its numbers are saturated: the input of tanh beyond ±9.5, of sigmoid outside −23…17; empty
  /// for functions that do not saturate.
  package var saturated: [Int]

  /// The units of an activation function.
  package init(count: Int, active: [Int], saturated: [Int] = []) {
    self.count = count
    self.active = active
    self.saturated = saturated
  }
}

/// What was measured of a parameter.
package struct ParameterFacts: Sendable, Equatable, Codable {
  /// Its name.
  package var name: String
  /// The norm after the step.
  package var norm: Float
  /// The norm of the gradient; nil where there is none.
  package var gradientNorm: Float?
  /// The mean of the gradient's magnitudes; nil where there is none.
  package var gradientMagnitude: Float?
  /// The norm of the step's update; nil where the optimizer did not change it or that was not measured.
  package var updateNorm: Float?
  /// Whether the update left every number as it was, but for rounding: |after − before| ≤ 1e-8 + 1e-5 · |before|; nil where that was
  /// not measured.
  package var isUnchanged: Bool?
  /// Two rows with the same weights and the same gradients to the bit, these not all 0; nil where there are none or that was
  /// not measured.
  package var equalRows: EqualRows?
  /// Whether the gradient holds what an earlier step left in it.
  package var keepsOldGradient: Bool
  /// Whether backward came to it.
  package var isReached: Bool
  /// Where its way to the loss is cut: the `detach` or the part without gradients, `train.py:12`; nil where it is not cut
  /// or that is not known.
  package var cutLocation: String?
  /// The node at which it is cut.
  package var cutNode: String?

  /// Two rows that are the same.
  package struct EqualRows: Sendable, Equatable, Codable {
    /// The first row.
    package var first: Int
    /// The other.
    package var second: Int

    /// Two rows that are the same.
    package init(first: Int, second: Int) { (self.first, self.second) = (first, second) }
  }

  /// What was measured of a parameter.
  package init(
    name: String, norm: Float, gradientNorm: Float? = nil, gradientMagnitude: Float? = nil,
    updateNorm: Float? = nil, isUnchanged: Bool? = nil, equalRows: EqualRows? = nil,
    keepsOldGradient: Bool = false, isReached: Bool, cutLocation: String? = nil, cutNode: String? = nil
  ) {
    self.name = name
    self.norm = norm
    self.gradientNorm = gradientNorm
    self.gradientMagnitude = gradientMagnitude
    self.updateNorm = updateNorm
    self.isUnchanged = isUnchanged
    self.equalRows = equalRows
    self.keepsOldGradient = keepsOldGradient
    self.isReached = isReached
    self.cutLocation = cutLocation
    self.cutNode = cutNode
  }
}

/// What was measured of the model's inputs in one batch.
package struct InputFacts: Sendable, Equatable, Codable {
  /// Over all numbers.
  package var statistics: TensorStatistics
  /// The smallest deviation of a feature that is not constant; nil where there is none.
  package var smallestDeviation: Float?
  /// The largest deviation of a feature.
  package var largestDeviation: Float?
  /// Whether inputs are images, whose features have one scale.
  package var areImages: Bool
  /// The feature of the smallest deviation, among those that are not constant.
  package var narrowest: Feature?
  /// The feature of the largest deviation.
  package var widest: Feature?
  /// The feature whose mean is the most of its deviations from 0, among those that are not constant.
  package var farthest: Feature?

  /// A column of the inputs.
  package struct Feature: Sendable, Equatable, Codable {
    /// Its place, from 0.
    package var place: Int
    /// Its mean over the batch.
    package var mean: Float
    /// Its standard deviation over the batch.
    package var deviation: Float

    /// A column of the inputs.
    package init(place: Int, mean: Float, deviation: Float) {
      (self.place, self.mean, self.deviation) = (place, mean, deviation)
    }
  }

  /// What was measured of the inputs.
  package init(
    statistics: TensorStatistics, smallestDeviation: Float? = nil, largestDeviation: Float? = nil,
    areImages: Bool = false
  ) {
    self.statistics = statistics
    self.smallestDeviation = smallestDeviation
    self.largestDeviation = largestDeviation
    self.areImages = areImages
  }
}

/// What was measured of the targets in one batch.
package struct TargetFacts: Sendable, Equatable, Codable {
  /// The sizes of their dimensions.
  package var shape: [Int]
  /// Whether they are numbers of classes.
  package var areClasses: Bool
  /// How many classes the output has; nil where targets are not classes.
  package var classCount: Int?
  /// The smallest.
  package var minimum: Double
  /// The largest.
  package var maximum: Double
  /// Their mean; nil where that was not measured, or they are classes.
  package var mean: Float?
  /// Their standard deviation over all numbers; nil where that was not measured, or they are classes.
  package var deviation: Float?
  /// How often each class from 0 occurs; empty where targets are not classes.
  package var counts: [Int]
  /// How often each class occurs and another is predicted; empty where that is not known.
  package var mispredicted: [Int]

  /// What was measured of the targets.
  package init(
    shape: [Int], areClasses: Bool, classCount: Int? = nil, minimum: Double, maximum: Double,
    counts: [Int] = [], mispredicted: [Int] = []
  ) {
    self.shape = shape
    self.areClasses = areClasses
    self.classCount = classCount
    self.minimum = minimum
    self.maximum = maximum
    self.counts = counts
    self.mispredicted = mispredicted
  }
}

/// What the user's loop called for one step, from the end of the step before.
package struct CallFacts: Sendable, Equatable, Codable {
  /// How often gradients were set to zero.
  package var zeroGrads: Int
  /// The backward passes, in their order.
  package var backwards: [Backward]
  /// How often an optimizer was to change the parameters.
  package var optimizerSteps: Int
  /// Where in the user's source the optimizer's step is called.
  package var optimizerLocation: String?
  /// Whether all gradients that the optimizer has were set to zero after the last backward, before its step.
  package var clearsBeforeStep: Bool
  /// Where in the user's source gradients were last set to zero.
  package var zeroGradLocation: String?
  /// How often gradients were clipped before the first backward, and after it.
  package var clipsBeforeBackward = 0
  package var clipsAfterBackward = 0
  /// Where in the user's source they are clipped.
  package var clipLocation: String?

  /// One backward pass.
  package struct Backward: Sendable, Equatable, Codable {
    /// How many samples its batch has; nil where that is not known.
    package var samples: Int?
    /// Whether its loss is a mean over the batch that was then divided by a number, as accumulation needs it.
    package var isScaled: Bool
    /// Whether its loss is a mean over the batch.
    package var isMean: Bool
    /// Whether it goes through the same graph or batch as another backward of the step: then nothing is accumulated over
    /// batches.
    package var sharesBatch: Bool
    /// Whether it goes to other parameters than the first backward of the step, as where each task has a part of the model.
    package var hasOtherParameters: Bool
    /// Where in the user's source it is called.
    package var location: String?

    /// One backward pass.
    package init(
      samples: Int? = nil, isScaled: Bool = false, isMean: Bool = true, sharesBatch: Bool = false,
      hasOtherParameters: Bool = false, location: String? = nil
    ) {
      self.samples = samples
      self.isScaled = isScaled
      self.isMean = isMean
      self.sharesBatch = sharesBatch
      self.hasOtherParameters = hasOtherParameters
      self.location = location
    }
  }

  /// What the loop called.
  package init(
    zeroGrads: Int, backwards: [Backward], optimizerSteps: Int, optimizerLocation: String? = nil,
    clearsBeforeStep: Bool = false, zeroGradLocation: String? = nil
  ) {
    self.zeroGrads = zeroGrads
    self.backwards = backwards
    self.optimizerSteps = optimizerSteps
    self.optimizerLocation = optimizerLocation
    self.clearsBeforeStep = clearsBeforeStep
    self.zeroGradLocation = zeroGradLocation
  }
}
