import Localization
import Numbers
import Trace

extension Rule {
  /// Units behind a ReLU that are 0 for practically every sample.
  static let deadReLU = Rule(
    "dead-relu", .statistics, summary: { localized("units behind a ReLU that are never active") },
    thresholds: [
      Threshold(
        "activity", 0.001,
        source:
          "a unit counts as dead below it; TheDeepChecker takes 0.05, but units of sound transformers and of "
          + "sparse codes are active for 1 to 5 % of the samples"),
      Threshold("share", 0.5, source: "SageMaker Debugger, DeadRelu: more than half of the units"),
      Threshold("samples", 2000, source: "as many numbers of a unit as tell a rate of 0.1 % from 0"),
      Threshold("steps", 5, source: "one batch may be unlike the others"),
    ], judge: { DeadReLU(thresholds: $0) })
}

/// Adds up the activity of each unit over as many samples as are needed, and begins anew.
private struct DeadReLU: Judge {
  private struct Sum {
    var active: [Int] = []
    var count = 0
    var steps = 0
    var first = 0
  }

  private let thresholds: ThresholdValues
  private var sums: [String: Sum] = [:]

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .step(let step) = fact else { return [] }
    if sums.count > 1000 { sums = [:] }
    var findings: [Finding] = []
    // The units of a loss that clips with ReLU are 0 where it succeeds.
    for node in step.graph.nodes where node.bareOperation == "relu" && node.phase == .forward {
      guard let units = step.facts(of: node.id)?.units, units.active.count > 1 else { continue }
      add(units, to: &sums[node.name, default: Sum()], at: step.step)
      if let finding = finding(node, in: step, of: run) { findings.append(finding) }
    }
    return findings
  }

  private func add(_ units: UnitFacts, to sum: inout Sum, at step: Int) {
    if sum.active.count != units.active.count {
      sum = Sum(active: units.active, first: step)
    } else {
      for unit in units.active.indices { sum.active[unit] += units.active[unit] }
    }
    sum.count += units.count
    sum.steps += 1
  }

  private mutating func finding(
    _ node: ComputationGraph.Node, in step: StepFacts, of run: RunFacts
  ) -> Finding? {
    guard let sum = sums[node.name] else { return nil }
    // A small set is seen whole long before.
    let needed = min(thresholds["samples"], run.sampleCount.map { 3 * Double($0) } ?? .infinity)
    guard Double(sum.count) >= needed, Double(sum.steps) >= thresholds["steps"] else { return nil }
    sums[node.name] = nil
    let limit = thresholds["activity"] * Double(sum.count)
    let dead = sum.active.indices.filter { Double(sum.active[$0]) <= limit }
    guard let unit = dead.first, Double(dead.count) > thresholds["share"] * Double(sum.active.count) else {
      return nil
    }
    let count = NumberText.grouped(sum.count)
    return Finding(
      rule: Rule.deadReLU.name, subject: node.name, severity: .warning,
      what: localized("\(dead.count) of the \(sum.active.count) units of \(node.name) are dead"),
      evidence: [
        localized(
          "From step \(sum.first) to step \(step.step), \(count) outputs of each unit were looked at."),
        localized("Unit \(unit) is one of them: \(sum.active[unit]) of its outputs were above 0."),
      ],
      cause: localized(
        "A unit that outputs 0 for every sample passes no gradient, so its weights never change again."),
      remedy: remedy(node, in: step, isInitial: sum.first <= 10), location: node.location,
      position: .end(of: step.step), view: .value, cell: node.cell(ofUnit: unit, of: sum.active.count))
  }

  private func remedy(_ node: ComputationGraph.Node, in step: StepFacts, isInitial: Bool) -> [String] {
    let weights = node.inputs.flatMap { step.graph.nodes[$0].inputs }.map { step.graph.nodes[$0].name }
    let isZero = step.parameters.contains { $0.norm == 0 && weights.contains($0.name) }
    var remedy = [
      Advice.lowerRate(step.learningRate), Advice.initialize,
      localized("Use LeakyReLU or GELU, which pass a gradient below 0 too."),
    ]
    if isInitial { remedy.swapAt(0, 1) }
    return isZero
      ? [localized("Do not initialize the weights with 0: draw them at random.")] + remedy : remedy
  }
}
