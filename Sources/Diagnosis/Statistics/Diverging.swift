import Localization
import Numbers
import Trace

extension Rule {
  /// A loss or weights that grow so fast that they will be infinite soon.
  static let diverging = Rule(
    "diverging", .statistics, summary: { localized("a loss or weights that double from step to step") },
    measure: .loss,
    thresholds: [
      Threshold(
        "doublings", 3,
        source: localized("three pairs of steps, or three looks at the weights, in succession")),
      Threshold(
        "peak", 10,
        source: localized("above every loss before: among noisy losses, this never comes twice in succession")
      ),
      Threshold(
        "start", 100,
        source: localized("against the first losses, for 20 steps: the run has gone astray for good")),
    ], judge: { Diverging(thresholds: $0) })
}

/// Follows the loss of each step, and the norm of all weights.
private struct Diverging: LossJudge {
  private let thresholds: ThresholdValues
  private let limit: Double
  private var losses = LossCourse()
  private var once = Once()
  /// The largest loss before the pairs, the pairs' losses from the lowest to the highest, and how many have doubled.
  private var peak = 0.0
  private var pair = (low: 0.0, high: 0.0)
  private var waiting: Double?
  private var pairs = 0
  private var astray = 0
  private var norm = 0.0
  private var growths = 0

  init(thresholds: ThresholdValues) {
    self.thresholds = thresholds
    limit = thresholds["start"]
  }

  mutating func findings(at loss: LossFacts, of run: RunFacts) -> [Finding] {
    guard !run.hasSeveralOptimizers else { return [] }
    losses.take(loss)
    guard loss.loss.isFinite, losses.level.share != nil || losses.level.start == nil else { return [] }
    let isGrowing = grows(Double(loss.loss))
    astray = isAstray(Double(loss.loss)) ? astray + 1 : 0
    guard isGrowing || astray == 20, once.tells(at: loss.step) else { return [] }
    return [finding(loss.learningRate, at: loss.step, norm: nil, run)]
  }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard !run.hasSeveralOptimizers, weightsGrow(step), losses.level.isStill(2), once.tells(at: step.step)
    else { return [] }
    return [finding(step.learningRate, at: step.step, norm: norm, run)]
  }

  /// Whether the last pairs of losses have doubled so many times, and the last is far above all before them.
  private mutating func grows(_ loss: Double) -> Bool {
    guard let first = waiting else {
      waiting = loss
      return false
    }
    waiting = nil
    let new = (low: min(first, loss), high: max(first, loss))
    let doubles = pair.high > 0 && new.low >= 2 * pair.high
    pairs = doubles ? pairs + 1 : 0
    if !doubles { peak = max(peak, pair.high) }
    pair = new
    return pairs > 1 && Double(pairs) >= thresholds["doublings"] && new.low > thresholds["peak"] * peak
  }

  private func isAstray(_ loss: Double) -> Bool {
    losses.level.start.map { loss > limit * $0 && $0 > 0 } ?? false
  }

  /// Whether the norm of all weights has doubled at so many looks in succession.
  private mutating func weightsGrow(_ step: StepFacts) -> Bool {
    let squares = step.parameters.reduce(0.0) { $0 + Double($1.norm) * Double($1.norm) }
    let new = squares.squareRoot()
    guard new.isFinite else { return false }
    growths = norm > 0 && new >= 2 * norm ? growths + 1 : 0
    norm = new
    return Double(growths) >= thresholds["doublings"]
  }

  private func finding(_ rate: Double?, at step: Int, norm: Double?, _ run: RunFacts) -> Finding {
    let advice = Advice(run)
    var evidence = Advice.losses(losses)
    if let norm {
      evidence.append(
        localized("The norm of all weights has doubled several times, to \(Advice.figure(norm))."))
    }
    return Finding(
      rule: Rule.diverging.name, severity: .error,
      what: norm == nil
        ? localized("the loss grows without bound") : localized("the weights grow without bound"),
      evidence: evidence,
      cause: localized(
        "Each step overshoots the minimum by more than the last; the numbers may soon be infinite, then NaN."
      ),
      remedy: [advice.lowerRate(rate), localized("Bring the inputs to mean 0 and deviation 1.")]
        + advice.clip
        + advice.ofPrograms(localized("If the momentum is 1 or more, lower it: 0.9 is usual.")),
      location: run.optimizerLocation ?? run.location, position: .end(of: step))
  }
}
