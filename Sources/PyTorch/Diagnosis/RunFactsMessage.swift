import Trace

/// What the probe says a script is made of.
package struct RunFactsMessage: Decodable, Sendable {
  /// A parameter.
  struct Parameter: Decodable, Sendable {
    let name: String
    var shape: [Int]?
    var isListed: Bool?
    var isHeld: Bool?
    var requiresGradient: Bool?
    var location: String?
    var model: String?
    var optimizer: Int?
  }

  /// An optimizer that the script has made.
  struct Optimizer: Decodable, Sendable {
    let name: String
    var location: String?
  }

  /// A scheduler of the learning rate.
  struct Schedule: Decodable, Sendable {
    let name: String
    var span: Int?
    var stepsInEpoch: Int?
    var location: String?
    var plannedStepsPerEpoch: Int?

    /// The same as facts.
    var facts: RunFacts.Schedule {
      var facts = RunFacts.Schedule(
        name: name.withVisibleControls, span: span, stepsInEpoch: stepsInEpoch,
        location: location?.withVisibleControls)
      facts.plannedStepsPerEpoch = plannedStepsPerEpoch
      return facts
    }
  }

  /// A call that does something else than it seems to.
  struct Misuse: Decodable, Sendable {
    let kind: String
    let name: String
    var words: [String]?
    var count: Int?
    var location: String?

    /// The same as a fact; nil of a kind that this program does not know.
    var fact: RunFacts.Misuse? {
      RunFacts.Misuse.Kind(rawValue: kind).map {
        RunFacts.Misuse(
          $0, name: name.withVisibleControls, words: (words ?? []).map(\.withVisibleControls),
          count: MomentMessage.bounded(count ?? 0, from: 0), location: location?.withVisibleControls)
      }
    }
  }

  /// A module that behaves differently in training.
  struct Module: Decodable, Sendable {
    let name: String
    var `class`: String?
    var isDropout: Bool?
  }

  var parameters: [Parameter]?
  var optimizers: [Optimizer]?
  var schedule: Schedule?
  var sampleCount: Int?
  var batchSize: Int?
  var lastBatchSize: Int?
  var stepsPerEpoch: Int?
  var classCounts: [Int]?
  var classNames: [String]?
  var location: String?
  var modulesWithModes: [Module]?
  var sequenceFirst: [String]?
  var misuses: [Misuse]?

  /// The same as facts, their text cleaned and their numbers bounded.
  var facts: RunFacts {
    var facts = RunFacts(
      parameters: (parameters ?? []).map { one in
        RunFacts.Parameter(
          name: one.name.withVisibleControls, shape: PossibleShape.of(one.shape ?? []),
          isListed: one.isListed ?? true, isHeld: one.isHeld ?? true,
          requiresGradient: one.requiresGradient ?? true, location: one.location?.withVisibleControls,
          model: one.model?.withVisibleControls, optimizer: one.optimizer)
      },
      optimizer: optimizers?.first?.name.withVisibleControls,
      optimizerLocation: optimizers?.first?.location?.withVisibleControls,
      schedule: schedule?.facts,
      sampleCount: sampleCount.map(bounded), batchSize: batchSize.map(bounded),
      lastBatchSize: lastBatchSize.map(bounded), stepsPerEpoch: stepsPerEpoch.map(bounded),
      classCounts: (classCounts ?? []).map(bounded),
      classNames: (classNames ?? []).map(\.withVisibleControls),
      modulesWithModes: (modulesWithModes ?? []).map { one in
        RunFacts.ModuleWithModes(
          name: one.name.withVisibleControls, className: one.class?.withVisibleControls,
          isDropout: one.isDropout ?? false)
      }, loaderLocation: location?.withVisibleControls)
    facts.optimizerCount = optimizers?.count
    if let optimizers, optimizers.count > 1 {
      facts.optimizers = optimizers.map {
        RunFacts.Optimizer(
          name: $0.name.withVisibleControls, location: $0.location?.withVisibleControls)
      }
    }
    facts.sequenceFirst = (sequenceFirst ?? []).map(\.withVisibleControls)
    facts.misuses = (misuses ?? []).compactMap(\.fact)
    return facts
  }

  private func bounded(_ number: Int) -> Int { MomentMessage.bounded(number, from: 0) }
}

/// A pass of data through the model outside training, as the probe has seen it.
package struct EvaluationFactsMessage: Decodable, Sendable {
  var step: Int?
  var modulesInTrainingMode: [String]?
  var recordsGradients: Bool?
  var location: String?

  /// The same as facts.
  var facts: EvaluationFacts {
    EvaluationFacts(
      step: MomentMessage.bounded(step ?? 0, from: 0),
      modulesInTrainingMode: (modulesInTrainingMode ?? []).map(\.withVisibleControls),
      recordsGradients: recordsGradients ?? false, location: location?.withVisibleControls)
  }
}
