import Localization
import Numbers
import Trace

extension Rule {
  /// Units behind a ReLU that are 0 for all samples.
  static let deadReLU = Rule(
    "dead-relu", .statistics, summary: { localized("units of a ReLU that are never active") },
    thresholds: [
      Threshold(
        "activity", 0,
        source:
          localized(
            "a larger share of active outputs ends the count of a unit; TheDeepChecker takes 0.05, but units of sound transformers and of sparse codes are active for 1 to 5 % of the samples"
          )),
      Threshold("share", 0.5, source: localized("SageMaker Debugger, DeadRelu: more than half of the units")),
      Threshold(
        "samples", 1000,
        source: localized("this many outputs of 0 in succession: the unit is active for less than 0.3 %")),
      Threshold("layer", 200, source: localized("this many where all units are 0 at once")),
      Threshold("steps", 5, source: localized("one batch may be unlike the others")),
      Threshold(
        "begin", 50, source: localized("where some units live, before that many steps they may suffice")),
      Threshold(
        "constant", 500,
        source: localized(
          "the same where each of the others is active for all samples: codebooks begin so, with one code for all"
        )
      ),
      Threshold(
        "loss", 0.9,
        source: localized("below this share of the first loss they do: autoencoders leave many units unused")),
    ], judge: { DeadReLU(thresholds: $0) })
}

/// Counts for each unit the outputs since it was last active.
private struct DeadReLU: Judge {
  private struct Layer {
    var quiet: [Int] = []
    /// The steps since each unit was last active.
    var steps: [Int] = []
    var first = 0
  }

  private let thresholds: ThresholdValues
  private var layers: [String: Layer] = [:]

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts, losses: LossCourse) -> [Finding] {
    if layers.count > 1000 { layers = [:] }
    var findings: [Finding] = []
    // The units of a loss that clips with ReLU are 0 where it succeeds.
    for node in step.graph.nodes where node.bareOperation == "relu" && node.phase == .forward {
      guard let facts = step.facts(of: node.id), let units = facts.units, units.active.count > 1,
        !isTiny(facts)
      else { continue }
      add(units, to: &layers[node.name, default: Layer()], at: step.step)
      if let finding = finding(node, in: step, of: run, losses) { findings.append(finding) }
      // What comes after a layer of zeros is a consequence.
      if units.active.allSatisfy({ $0 == 0 }) { break }
    }
    return findings
  }

  /// Whether its outputs are above 0, and all so small that they do not count as active.
  private func isTiny(_ facts: NodeFacts) -> Bool {
    facts.value.map { $0.maximum > 0 && $0.maximum < 1e-3 } ?? false
  }

  private func add(_ units: UnitFacts, to layer: inout Layer, at step: Int) {
    if layer.quiet.count != units.active.count {
      let none = Array(repeating: 0, count: units.active.count)
      layer = Layer(quiet: none, steps: none, first: step)
    }
    let limit = thresholds["activity"] * Double(units.count)
    for unit in units.active.indices {
      let isActive = Double(units.active[unit]) > limit
      layer.quiet[unit] = isActive ? 0 : layer.quiet[unit] + units.count
      layer.steps[unit] = isActive ? 0 : layer.steps[unit] + 1
    }
  }

  private func finding(
    _ node: ComputationGraph.Node, in step: StepFacts, of run: RunFacts, _ losses: LossCourse
  ) -> Finding? {
    guard let layer = layers[node.name], let least = layer.steps.max(), Double(least) >= thresholds["steps"]
    else {
      return nil
    }
    let isWhole = layer.steps.allSatisfy { Double($0) >= thresholds["steps"] }
    // A small set is seen whole long before.
    let samples = min(
      thresholds[isWhole ? "layer" : "samples"], run.sampleCount.map { 3 * Double($0) } ?? .infinity)
    let dead = layer.quiet.indices.filter {
      Double(layer.quiet[$0]) >= samples && Double(layer.steps[$0]) >= thresholds["steps"]
    }
    let units = step.facts(of: node.id)?.units
    let isConstant = units?.active.allSatisfy { $0 == 0 || $0 == units?.count } ?? false
    let begin = thresholds[isConstant ? "constant" : "begin"]
    guard let unit = dead.first, Double(dead.count) > thresholds["share"] * Double(layer.quiet.count),
      isWhole || Double(step.step) >= begin && losses.level.isStill(thresholds["loss"])
    else { return nil }
    let (count, steps) = (NumberText.grouped(layer.quiet[unit]), layer.steps[unit])
    let zero = zeroWeight(before: node, in: step)
    // Where the loss has grown meanwhile, it is the learning rate.
    let isInitial = step.step <= layer.first + 10 && !losses.level.isStill(2)
    return Finding(
      rule: Rule.deadReLU.name, subject: node.name, severity: .warning,
      what: localized("\(dead.count) of the \(layer.quiet.count) units of \(node.name) are dead"),
      evidence: [
        localized(
          "Unit \(unit), for example: its last \(count) outputs, in \(steps) steps checked, were all 0.")
      ] + (zero.map { [localized("All numbers of \($0) are 0.")] } ?? []) + Advice.losses(losses),
      cause: localized(
        "A unit that outputs 0 for every sample passes no gradient, so its weights never change again."),
      remedy: remedy(isZero: zero != nil, step, isInitial: isInitial, Advice(run)), location: node.location,
      position: .end(of: step.step), view: .value, cell: node.cell(ofUnit: unit, of: layer.quiet.count))
  }

  /// The weight of the layer before, where all its numbers are 0.
  private func zeroWeight(before node: ComputationGraph.Node, in step: StepFacts) -> String? {
    let nodes = step.graph.nodes
    let given = node.inputs.filter(nodes.indices.contains).flatMap { nodes[$0].inputs }
    let names = given.filter(nodes.indices.contains).map { nodes[$0].name }
    return step.parameters.first { $0.norm == 0 && names.contains($0.name) }?.name
  }

  private func remedy(isZero: Bool, _ step: StepFacts, isInitial: Bool, _ advice: Advice)
    -> [String]
  {
    guard !isZero else {
      return [localized("Do not initialize the weights with 0: draw them at random."), advice.initialize]
    }
    var remedy = [
      advice.lowerRate(step.learningRate), advice.initialize,
      advice.words(
        localized("Use LeakyReLU or GELU, which pass a gradient below 0 too."),
        option: localized("Start with --activation gelu, which passes a gradient below 0 too.")),
    ]
    if isInitial { remedy.swapAt(0, 1) }
    return remedy
  }
}
