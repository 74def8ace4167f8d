import Localization
import Numbers
import Trace

extension Rule {
  /// Gradients that grow from layer to layer on the way back, or from step to step.
  static let explodingGradient = Rule(
    "exploding-gradient", .statistics,
    summary: { localized("a gradient that grows from layer to layer, or from step to step") },
    thresholds: [
      Threshold(
        "layers", 1e4,
        source: localized("first layer against last; the layers of sound runs are within a factor of 100")
      ),
      Threshold(
        "growth", 1000,
        source: localized("against the usual norm of the run; single spikes of sound runs reach 100")),
      Threshold("weights", 1, source: localized("the gradient's norm is larger than that of its weights")),
      Threshold("steps", 3, source: localized("single spikes are usual in recurrent networks")),
    ], judge: { ExplodingGradient(thresholds: $0) })
}

/// Compares the gradients of a step with each other, and their norm with the usual one.
private struct ExplodingGradient: Judge {
  private let thresholds: ThresholdValues
  private var streaks = Streaks()
  private var once = Once()
  /// The usual logarithm of the norm of all gradients.
  private var usual: Double?

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts, losses: LossCourse) -> [Finding] {
    guard !run.hasSeveralOptimizers else { return [] }
    let large = step.parameters.filter { isLarge($0) }
    let growth = growth(of: step)
    var candidates: [String] = []
    if !large.isEmpty {
      if let first = firstOfTheWay(in: step) { candidates.append(first) }
      if let growth, growth > thresholds["growth"], losses.level.isStill(2) { candidates.append("") }
    }
    let names = streaks.extend(candidates, to: thresholds["steps"])
    let worst = large.max { ($0.gradientNorm ?? 0) / $0.norm < ($1.gradientNorm ?? 0) / $1.norm }
    guard let name = names.first, let worst, once.tells(at: step.step) else { return [] }
    let subject = name.isEmpty ? worst.name : name
    return [finding(subject, growth: name.isEmpty ? growth : nil, in: step, of: run, losses)]
  }

  private func isLarge(_ parameter: ParameterFacts) -> Bool {
    guard let norm = parameter.gradientNorm, norm.isFinite, parameter.norm > 0 else { return false }
    return Double(norm) > thresholds["weights"] * Double(parameter.norm)
  }

  /// The norm of all gradients against the usual one, which follows where it is not far above.
  private mutating func growth(of step: StepFacts) -> Double? {
    var squares = 0.0
    for parameter in step.parameters {
      if let norm = parameter.gradientNorm { squares += Double(norm) * Double(norm) }
    }
    guard squares > 0, squares.isFinite else { return nil }
    let norm = squares.squareRoot()
    guard let usual else {
      self.usual = norm
      return nil
    }
    let growth = norm / usual
    if growth < thresholds["growth"] { self.usual = usual * (growth < 1 ? 0.9 : 1.1) }
    return growth
  }

  /// The first weight, where its gradient is far larger than the last one's.
  private func firstOfTheWay(in step: StepFacts) -> String? {
    let weights = GraphReading(step.graph).weights(of: step)
    guard weights.count > 2, let last = weights.last?.facts.gradientMagnitude, last > 0 else { return nil }
    return weights.dropLast().first {
      isLarge($0.facts)
        && Double($0.facts.gradientMagnitude ?? 0) > thresholds["layers"] * Double(last)
    }?.facts.name
  }

  private func finding(
    _ name: String, growth: Double?, in step: StepFacts, of run: RunFacts, _ losses: LossCourse
  ) -> Finding {
    let facts = step.parameters.first { $0.name == name }
    let weights = GraphReading(step.graph).weights(of: step)
    let (norm, weight) = (Advice.figure(facts?.gradientNorm ?? 0), Advice.figure(facts?.norm ?? 0))
    let advice = Advice(run)
    var evidence: [String] = []
    if let growth {
      evidence.append(
        localized("The norm of all gradients is \(Advice.figure(growth)) times what is usual in this run."))
    } else if let last = weights.last {
      let (first, end) = (
        Advice.figure(facts?.gradientMagnitude ?? 0), Advice.figure(last.facts.gradientMagnitude ?? 0)
      )
      evidence.append(
        localized("Mean magnitudes of the gradients: \(name) \(first), \(last.facts.name) \(end)."))
    }
    return Finding(
      rule: Rule.explodingGradient.name, subject: name, severity: .warning,
      what: localized("the gradient of \(name) explodes: its norm is \(norm), that of the weights \(weight)"),
      evidence: evidence + Advice.losses(losses),
      cause: localized("Updates this large throw away what was learned."),
      remedy: advice.clip + [advice.lowerRate(step.learningRate), advice.initialize] + advice.normalize,
      location: weights.first { $0.facts.name == name }?.reader.location ?? step.root?.location,
      position: .end(of: step.step), view: .gradient)
  }
}
