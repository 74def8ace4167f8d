import Localization
import Numbers
import Trace

extension Rule {
  /// Two units of a hidden layer with the same weights and the same gradients, which stay the same for ever.
  static let equalUnits = Rule(
    "equal-units", .statistics, summary: { localized("units that are copies of each other") },
    thresholds: [
      Threshold("steps", 3, source: localized("units that differ at all have come apart by then"))
    ],
    judge: { EqualUnits(thresholds: $0) })
}

/// Counts the steps in succession in which a matrix of weights has two equal rows with equal gradients, or is 0 as a whole and
/// has a gradient of 0.
private struct EqualUnits: Judge {
  private let thresholds: ThresholdValues
  private var streaks = Streaks()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    var weights: [GraphReading.Weight] = []
    if step.parameters.contains(where: { $0.equalRows != nil || isStuckAtZero($0) }) {
      let reading = GraphReading(step.graph)
      // The outputs of the last layer may be equal: two pixels that are always black have the same gradient.
      weights = reading.weights(of: step).filter {
        $0.shape.dropFirst().contains { $0 > 1 } && reading.leadsToWeights($0.reader)
          && (isStuckAtZero($0.facts)
            ? !isBeforeReLU($0.reader, step.graph)
            : $0.facts.equalRows != nil && $0.facts.gradientNorm ?? 0 > 0)
      }
    }
    let names = Set(streaks.extend(weights.map(\.facts.name), to: thresholds["steps"]))
    return weights.filter { names.contains($0.facts.name) }.compactMap { finding($0, in: step, of: run) }
  }

  /// Whether all weights are 0, and no step can change that.
  private func isStuckAtZero(_ facts: ParameterFacts) -> Bool {
    facts.norm == 0 && facts.gradientNorm == 0 && facts.isReached
  }

  /// Whether a ReLU comes next: of its units `dead-relu` tells.
  private func isBeforeReLU(_ reader: ComputationGraph.Node, _ graph: ComputationGraph) -> Bool {
    graph.nodes.contains { $0.bareOperation == "relu" && $0.inputs.contains(reader.id) }
  }

  private func finding(_ weight: GraphReading.Weight, in step: StepFacts, of run: RunFacts) -> Finding? {
    let name = weight.facts.name
    guard let rows = weight.facts.equalRows else { return stuck(weight, in: step, of: run) }
    return Finding(
      rule: Rule.equalUnits.name, subject: name, severity: .warning,
      what: localized("units \(rows.first) and \(rows.second) of \(name) are copies of each other"),
      evidence: [
        localized(
          "In the last \(Int(thresholds["steps"])) steps checked, their weights and gradients were identical to the last bit."
        )
      ],
      cause: localized(
        "Equal units get equal updates, so they never differ: together they compute no more than one."),
      remedy: [
        localized("Draw the weights at random: do not initialize them with a constant or with 0."),
        Advice(run).initialize,
      ], location: weight.reader.location, position: .end(of: step.step), view: .value,
      cell: weight.shape.dropFirst().reduce(rows.second, &*))
  }

  private func stuck(_ weight: GraphReading.Weight, in step: StepFacts, of run: RunFacts) -> Finding {
    Finding(
      rule: Rule.equalUnits.name, subject: weight.facts.name, severity: .warning,
      what: localized("the weights of \(weight.facts.name) are all 0, and stay 0"),
      evidence: [
        localized(
          "In the last \(Int(thresholds["steps"])) steps checked, they and their gradients were all 0.")
      ],
      cause: localized("Layers of zeros give 0 for every sample and pass no gradient to each other."),
      remedy: [
        localized("Draw the weights at random: do not initialize them with a constant or with 0."),
        Advice(run).initialize,
      ], location: weight.reader.location, position: .end(of: step.step), view: .value)
  }
}
