import Localization
import Numbers
import Trace

extension Rule {
  /// Updates that are too small to get anywhere.
  static let smallUpdates = Rule(
    "small-updates", .statistics, summary: { localized("updates that are too small to change the weights") },
    measure: .updates,
    thresholds: [
      Threshold(
        "ratio", 1e-6, source: localized("SageMaker Debugger, TheDeepChecker: an update against its weights")),
      Threshold("steps", 10, source: localized("TheDeepChecker: this many steps in succession")),
      Threshold(
        "vector", 1e-3,
        source: localized(
          "of the size of the largest numbers: a bias that began with 0 is the sum of its updates")),
      Threshold(
        "magnitude", 1e-7, source: localized("the mean of |g|; below it the gradient is what is too small")),
      Threshold("loss", 0.9, source: localized("below this share of the first loss the run has learned")),
    ], judge: { SmallUpdates(thresholds: $0) })
}

/// Looks for steps in which no weight is changed enough, though there is a gradient.
private struct SmallUpdates: Judge {
  private let thresholds: ThresholdValues
  private var streaks = Streaks()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts, losses: LossCourse) -> [Finding] {
    guard !run.hasSeveralOptimizers else { return [] }
    guard step.parameters.contains(where: { Double($0.updateRatio ?? 1) < thresholds["ratio"] }) else {
      _ = streaks.extend([], to: thresholds["steps"])
      return []
    }
    let weights = weights(in: step)
    let largest = weights.max { ($0.updateRatio ?? 0) < ($1.updateRatio ?? 0) }
    let hasGradient = weights.contains {
      let magnitude = Double($0.gradientMagnitude ?? 0)
      return magnitude > thresholds["magnitude"] && magnitude.isFinite
    }
    // Where the rate is 0, `unchanged-weights` tells.
    let hasRate = (step.learningRate ?? losses.rate.last ?? 0) > 0
    let isSmall =
      largest?.updateRatio.map { ($0 > 0 || hasRate) && Double($0) < thresholds["ratio"] } ?? false
    let names = streaks.extend(isSmall && hasGradient ? [""] : [], to: thresholds["steps"])
    guard !names.isEmpty, let largest, losses.level.isStill(thresholds["loss"]), losses.rate.isAtItsHeight
    else {
      return []
    }
    return [finding(largest, rate: step.learningRate ?? losses.rate.last, in: step, of: run, losses)]
  }

  /// The parameters whose updates show how fast the run learns: matrices, and vectors whose numbers are not far smaller. A bias
  /// that began with 0 is the sum of its updates, so that each is a good part of it, however small.
  private func weights(in step: StepFacts) -> [ParameterFacts] {
    let shapes = Dictionary(
      step.graph.nodes.lazy.filter { $0.kind == .parameter }.map { ($0.name, $0.shape) },
      uniquingKeysWith: { first, _ in first })
    let trained = step.parameters.filter { $0.updateRatio != nil }.map { facts in
      let shape = shapes[facts.name] ?? []
      let size = Double(facts.norm) / Double(max(1, shape.reduce(1, &*))).squareRoot()
      return (facts: facts, isVector: shape.count == 1, size: size)
    }
    let largest = trained.map(\.size).max() ?? 0
    return trained.filter { !$0.isVector || $0.size >= thresholds["vector"] * largest }.map(\.facts)
  }

  private func finding(
    _ largest: ParameterFacts, rate: Double?, in step: StepFacts, of run: RunFacts, _ losses: LossCourse
  ) -> Finding {
    let (advice, ratio) = (Advice(run), Double(largest.updateRatio ?? 0))
    let (update, norm) = (Advice.figure(largest.updateNorm ?? 0), Advice.figure(largest.norm))
    return Finding(
      rule: Rule.smallUpdates.name, severity: .warning,
      what: ratio > 0
        ? localized("no step changes the weights by more than \(NumberText.brief(ratio)) of their norm")
        : localized("no step changes the weights: their updates are lost in rounding"),
      evidence: [
        ratio > 0
          ? localized(
            "The largest update is that of \(largest.name): its norm is \(update), that of the weights \(norm)."
          )
          : localized("A float32 has seven digits: it keeps no change below a ten-millionth of a number.")
      ] + Advice.losses(losses),
      cause: localized(
        "At this pace the weights need millions of steps; about 0.001 of them in a step is usual."),
      remedy: [advice.raiseRate(rate)]
        + advice.ofPrograms(localized("Check that the loss is not divided by too large a number.")),
      location: run.optimizerLocation ?? run.location, position: .end(of: step.step))
  }
}
