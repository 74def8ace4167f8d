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

/// Counts the steps in succession in which a matrix of weights has two equal rows with equal gradients.
private struct EqualUnits: Judge {
  private let thresholds: ThresholdValues
  private var streaks = Streaks()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    var weights: [GraphReading.Weight] = []
    if step.parameters.contains(where: { $0.equalRows != nil }) {
      let reading = GraphReading(step.graph)
      // The outputs of the last layer may be equal: two pixels that are always black have the same gradient.
      weights = reading.weights(of: step).filter {
        $0.facts.equalRows != nil && $0.facts.gradientNorm ?? 0 > 0
          && $0.shape.dropFirst().contains { $0 > 1 }
          && reading.leadsToWeights($0.reader)
      }
    }
    let names = Set(streaks.extend(weights.map(\.facts.name), to: thresholds["steps"]))
    return weights.filter { names.contains($0.facts.name) }.compactMap { finding($0, in: step, of: run) }
  }

  private func finding(_ weight: GraphReading.Weight, in step: StepFacts, of run: RunFacts) -> Finding? {
    guard let rows = weight.facts.equalRows else { return nil }
    let name = weight.facts.name
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
}
