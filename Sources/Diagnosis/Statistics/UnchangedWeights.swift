import Localization
import Numbers
import Trace

extension Rule {
  /// Weights that the optimizer holds and that have a gradient, and that stay as they are.
  static let unchangedWeights = Rule(
    "unchanged-weights", .statistics,
    summary: { localized("weights that have a gradient and do not change") },
    thresholds: [
      Threshold(
        "steps", 3,
        source: localized("TheDeepChecker: this many steps in succession, compared as torch.allclose does")),
      Threshold(
        "gradient", 0.01, source: localized("of its largest; a smaller one is that of a run at its minimum")),
      Threshold(
        "step", 1e-4, source: localized("learning rate × gradient, as a share of the weights, that must show")
      ),
    ], judge: { UnchangedWeights(thresholds: $0) })
}

/// Counts the steps in succession in which a parameter stays as it is, though it has a gradient that should move it.
private struct UnchangedWeights: Judge {
  private let thresholds: ThresholdValues
  private var streaks = Streaks()
  private var largest: [String: Float] = [:]

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts, losses: LossCourse) -> [Finding] {
    // Where two optimizers take turns, the weights of one rest while those of the other move.
    guard !run.hasSeveralOptimizers else { return [] }
    for parameter in step.parameters {
      guard let norm = parameter.gradientNorm, norm.isFinite else { continue }
      if norm > largest[parameter.name] ?? 0 { largest[parameter.name] = norm }
    }
    let rate = step.learningRate ?? losses.rate.last
    let unchanged = step.parameters.filter { isUnchanged($0, rate: rate) }
    let names = streaks.extend(unchanged.map(\.name), to: thresholds["steps"])
    // What the optimizer does not hold, `not-trained` tells.
    let held = names.filter { name in
      run.parameters.first { $0.name == name }.map { $0.isHeld && $0.requiresGradient } ?? true
    }
    guard losses.rate.isAtItsHeight, let first = held.first else { return [] }
    return [finding(first, count: held.count, rate: rate, in: step, of: run)]
  }

  private func isUnchanged(_ parameter: ParameterFacts, rate: Double?) -> Bool {
    guard parameter.isUnchanged == true, let norm = parameter.gradientNorm, norm.isFinite, norm > 0,
      Double(norm) >= thresholds["gradient"] * Double(largest[parameter.name] ?? 0)
    else { return false }
    // What was updated at all, if only by less than counts as a change, the optimizer has reached: `small-updates` tells.
    guard rate == 0 || parameter.updateNorm ?? 0 == 0 else { return false }
    guard let rate else { return true }
    return rate == 0 || rate * Double(norm) >= thresholds["step"] * Double(parameter.norm)
  }

  private func finding(_ name: String, count: Int, rate: Double?, in step: StepFacts, of run: RunFacts)
    -> Finding
  {
    let norm = Advice.figure(step.parameters.first { $0.name == name }?.gradientNorm ?? 0)
    let reader = step.graph.node(named: name).flatMap { node in
      step.graph.nodes.first { $0.inputs.contains(node.id) }
    }
    let advice = Advice(run)
    let all = advice.words("model.parameters()", swift: "model.namedParameters()")
    let noGrad = advice.words("no_grad", swift: "noGrad")
    let remedy = advice.ofPrograms(
      localized(
        "Create the optimizer after the model is complete, from the parameters that forward uses: \(all)."),
      localized("Change weights in place, as optimizer.step() does: w -= … under \(noGrad), not w = w - …."),
      localized("Keep the weights in float32: a small update is lost in float16 and bfloat16."))
    return Finding(
      rule: Rule.unchangedWeights.name, subject: name, severity: .warning,
      what: count > 1
        ? localized("\(name) and \(count - 1) more do not change, though they have gradients")
        : localized("\(name) does not change, though it has a gradient"),
      evidence: [
        localized(
          "In the last \(Int(thresholds["steps"])) steps checked, no number changed by more than rounding."
        ),
        localized("The norm of its gradient is \(norm)."),
      ],
      cause: rate == 0
        ? localized("With a learning rate of 0 the weights stay as they are, whatever the gradient.")
        : localized("The optimizer's step does not reach these numbers, so they keep their initial values."),
      remedy: rate == 0 || remedy.isEmpty ? [advice.raiseRate(rate)] + remedy : remedy,
      location: run.optimizerLocation ?? reader?.location, position: .end(of: step.step),
      view: .update)
  }
}
