import Diagnosis
import Trace

/// The diagnosis of a script: what the probe tells becomes facts, and facts become findings.
struct ScriptDiagnosis: Sendable {
  /// Nil where there is none.
  private var diagnosis: Diagnosis?
  private var optimizerCount = 0
  /// How often each class was a target in the steps that were looked at since the last epoch, and was not predicted.
  private var classes: [EpochFacts.ClassCount] = []

  /// A diagnosis with what the user has set; none without.
  init(_ settings: Diagnosis.Settings?) { diagnosis = settings.map { Diagnosis(settings: $0) } }

  /// Whether the probe is to measure steps.
  var isOn: Bool { diagnosis != nil }

  /// Whether something was found that shows at a position.
  func hasFound(at position: Position) -> Bool {
    diagnosis?.findings.contains { $0.position == position } ?? false
  }

  /// What the script is made of.
  mutating func take(_ message: RunFactsMessage) -> [Finding] {
    optimizerCount = message.optimizers?.count ?? 0
    return take(.run(message.facts))
  }

  /// What was measured of a step with these nodes.
  ///
  /// - Throws: ``ProbeError/broken(_:)`` where the message cannot be read.
  mutating func take(_ message: StepFactsMessage, nodes: [ComputationGraph.Node]) throws(ProbeError)
    -> [Finding]
  {
    guard isOn else { return [] }
    let facts = try message.facts(nodes: nodes)
    if let targets = facts.targets, targets.counts.count == targets.mispredicted.count { add(targets) }
    return take(.step(facts))
  }

  /// A pass outside training.
  mutating func take(_ message: EvaluationFactsMessage) -> [Finding] { take(.evaluation(message.facts)) }

  /// The losses of steps that have one. Optimizers that alternate have a loss each, and these are not one curve.
  mutating func take(_ rows: [ScalarsMessage.Row]) -> [Finding] {
    guard isOn, optimizerCount < 2 else { return [] }
    let losses = rows.filter(\.hasLoss).map { row in
      LossFacts(step: row.step, loss: row.loss, learningRate: row.learningRate.isNaN ? nil : row.learningRate)
    }
    return take(.losses(losses))
  }

  /// The results of epochs.
  mutating func take(_ results: [EpochResult]) -> [Finding] {
    guard isOn else { return [] }
    return results.flatMap { result in
      defer { classes = [] }
      return take(.epoch(EpochFacts(result: result, classes: classes)))
    }
  }

  /// The error that ends the script, in a step.
  mutating func take(_ exception: ExceptionMessage, step: Int, nodes: [ComputationGraph.Node]) -> [Finding] {
    guard isOn, exception.class != "KeyboardInterrupt", exception.class != "SystemExit" else { return [] }
    return take(.failure(FailureFacts(exception, step: step, nodes: nodes)))
  }

  private mutating func take(_ fact: Fact) -> [Finding] { diagnosis?.take(fact) ?? [] }

  private mutating func add(_ targets: TargetFacts) {
    if classes.count != targets.counts.count {
      classes = targets.counts.map { _ in EpochFacts.ClassCount(samples: 0, mispredicted: 0) }
    }
    for place in classes.indices {
      classes[place].samples += targets.counts[place]
      classes[place].mispredicted += targets.mispredicted[place]
    }
  }
}
