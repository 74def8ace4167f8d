import Localization
import Numbers
import Trace

extension Rule {
  /// Early layers whose gradient is lost on the way from the loss, while later layers have theirs.
  static let vanishingGradient = Rule(
    "vanishing-gradient", .statistics,
    summary: { localized("a gradient that is lost on its way to the first layers") },
    thresholds: [
      Threshold(
        "magnitude", 1e-7, source: localized("SageMaker Debugger, VanishingGradient: the mean of |g|")),
      Threshold(
        "ratio", 1000,
        source:
          localized(
            "a later layer has this many times more: at the end of sound runs all gradients are small, the layers' within a factor of 100"
          )),
      Threshold(
        "steps", 10,
        source: localized("layers that begin with 0, of residual blocks and LoRA, pass none in the first")),
      Threshold("loss", 0.5, source: localized("below this share of the first loss the run has learned")),
    ], judge: { VanishingGradient(thresholds: $0) })
}

/// Compares the weights' mean gradients with those of later layers.
private struct VanishingGradient: Judge {
  private let thresholds: ThresholdValues
  private var streaks = Streaks()
  private var once = Once()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts, losses: LossCourse) -> [Finding] {
    let isSmall = step.parameters.contains {
      ($0.gradientMagnitude ?? .infinity) < Float(thresholds["magnitude"])
    }
    guard isSmall, !run.hasSeveralOptimizers, !hasDeadLayer(step) else {
      _ = streaks.extend([], to: 1)
      return []
    }
    let weights = GraphReading(step.graph).weights(of: step).filter { $0.facts.gradientMagnitude != nil }
    var largest: Float = 0
    var lost: [GraphReading.Weight] = []
    for weight in weights.reversed() {
      let magnitude = weight.facts.gradientMagnitude ?? 0
      let isLost =
        Double(magnitude) < thresholds["magnitude"]
        && Double(largest) >= max(thresholds["magnitude"], thresholds["ratio"] * Double(magnitude))
      if isLost { lost.append(weight) }
      largest = max(largest, magnitude)
    }
    let names = streaks.extend(lost.map(\.facts.name), to: thresholds["steps"])
    guard losses.level.isStill(thresholds["loss"]), let name = names.last,
      let first = lost.last(where: { $0.facts.name == name }), once.tells(at: step.step)
    else { return [] }
    return [finding(first, among: weights, in: step, of: run, losses)]
  }

  /// Whether all units of a ReLU are 0: what comes before them has no gradient at all, and `dead-relu` says so.
  private func hasDeadLayer(_ step: StepFacts) -> Bool {
    step.graph.nodes.contains { node in
      guard node.bareOperation == "relu", let units = step.facts(of: node.id)?.units else { return false }
      return !units.active.isEmpty && units.active.allSatisfy { $0 == 0 }
    }
  }

  private func finding(
    _ weight: GraphReading.Weight, among weights: [GraphReading.Weight], in step: StepFacts,
    of run: RunFacts, _ losses: LossCourse
  ) -> Finding {
    let shown = Advice.figure(weight.facts.gradientMagnitude ?? 0)
    let others = weights.filter { $0.reader.id > weight.reader.id }.map {
      "\($0.facts.name) \(Advice.figure($0.facts.gradientMagnitude ?? 0))"
    }
    let advice = Advice(run)
    let repeats = others.count > 4 ? Array(others.prefix(2) + others.suffix(2)) : others
    return Finding(
      rule: Rule.vanishingGradient.name, subject: weight.facts.name, severity: .warning,
      what: localized("the gradient of \(weight.facts.name) has vanished: its mean magnitude is \(shown)"),
      evidence: [localized("Mean magnitudes of later gradients: \(repeats.joined(separator: ", ")).")]
        + Advice.losses(losses),
      cause: localized(
        "Each layer on the way back multiplied the gradient by a number below 1, so the first layers hardly learn."
      ),
      remedy: [
        advice.words(
          localized("Use ReLU or GELU in place of sigmoid or tanh."),
          option: localized("Start with --activation relu, or gelu, in place of sigmoid or tanh.")),
        advice.initialize,
      ] + advice.normalize + [
        advice.words(
          localized("Add residual connections, or use fewer layers."),
          option: localized("Use fewer layers: --layers."))
      ], location: weight.reader.location, position: .end(of: step.step), view: .gradient)
  }
}
