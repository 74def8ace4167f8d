import Localization
import Numbers
import Trace

extension Rule {
  /// Units behind tanh or sigmoid that stay where the function is flat.
  static let saturation = Rule(
    "saturation", .statistics,
    summary: { localized("units of tanh or sigmoid that stay where it is flat") },
    thresholds: [
      Threshold(
        "share", 0.5, source: localized("SageMaker Debugger, TensorSaturation: more than half of the units")),
      Threshold(
        "outputs", 0.5, source: localized("a unit counts as saturated where most of its outputs are")),
      Threshold("steps", 5, source: localized("one batch may be unlike the others")),
    ], judge: { Saturation(thresholds: $0) })
}

/// Counts the steps in succession in which most units of a node are saturated.
private struct Saturation: Judge {
  private let thresholds: ThresholdValues
  private var streaks = Streaks()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard !run.hasSeveralOptimizers else { return [] }
    var nodes = step.graph.nodes.filter {
      guard $0.phase == .forward, let units = step.facts(of: $0.id)?.units else { return false }
      return Double(saturated(units).count) > thresholds["share"] * Double(units.saturated.count)
    }
    if !nodes.isEmpty {
      // The last activation may be certain: a sigmoid before the loss is 0 or 1 where training succeeded.
      let reading = GraphReading(step.graph)
      nodes.removeAll { !reading.leadsToWeights($0) }
    }
    let names = Set(streaks.extend(nodes.map(\.name), to: thresholds["steps"]))
    return nodes.filter { names.contains($0.name) }.compactMap { finding($0, in: step, of: run) }
  }

  private func saturated(_ units: UnitFacts) -> [Int] {
    units.saturated.indices.filter {
      Double(units.saturated[$0]) > thresholds["outputs"] * Double(units.count)
    }
  }

  private func finding(
    _ node: ComputationGraph.Node, in step: StepFacts, of run: RunFacts
  ) -> Finding? {
    guard let units = step.facts(of: node.id)?.units else { return nil }
    let saturated = saturated(units)
    guard let unit = saturated.first else { return nil }
    let advice = Advice(run)
    var evidence = [
      localized(
        "Unit \(unit), for example: \(units.saturated[unit]) of its \(units.count) outputs are saturated.")
    ]
    if let input = node.inputs.first, step.graph.nodes.indices.contains(input),
      let given = step.facts(of: input)?.value
    {
      let (low, high) = (Advice.figure(given.minimum), Advice.figure(given.maximum))
      evidence.append(
        localized("Its input \(step.graph.nodes[input].name) ranges from \(low) to \(high)."))
    }
    return Finding(
      rule: Rule.saturation.name, subject: node.name, severity: .warning,
      what: localized(
        "\(saturated.count) of the \(units.saturated.count) units of \(node.name) are saturated"),
      evidence: evidence,
      cause: localized(
        "Where \(node.bareOperation) is flat, its derivative is 0, and the layers before it learn nothing."),
      remedy: [
        localized("Bring the inputs to mean 0 and deviation 1."), advice.initialize,
      ] + advice.normalize + [advice.lowerRate(step.learningRate)], location: node.location,
      position: .end(of: step.step), view: .value,
      cell: node.cell(ofUnit: unit, of: units.saturated.count))
  }
}
