import Foundation
import Localization
import Numbers
import Trace

extension Rule {
  /// A loss that stays where guessing, or the first step, put it.
  static let lossNotFalling = Rule(
    "loss-not-falling", .statistics, summary: { localized("a loss that does not fall") },
    thresholds: [
      Threshold(
        "steps", 200, source: "the loss of sound runs is below its start by a tenth within as many steps"),
      Threshold("lower", 0.6, source: "Mann-Whitney: without change half of the pairs are lower, ± 0.09"),
      Threshold("chance", 0.95, source: "of the entropy of the labels, which is the loss of one who guesses"),
      Threshold("start", 0.98, source: "of the first losses, where targets are not classes"),
    ], judge: { LossNotFalling(thresholds: $0) })
}

/// Compares the last third of the run with the one before, and with guessing. A run that has diverged is told by another rule.
private struct LossNotFalling: Judge {
  /// The losses that fall where a model learns; a loss of one's own, or one of reinforcement learning, need not.
  private static let classes: Set<String> = ["cross_entropy", "nll_loss"]
  private static let numbers: Set<String> = [
    "mse_loss", "l1_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits",
  ]

  private let thresholds: ThresholdValues
  private var window = LossWindow()
  private var level = LossLevel()
  private var rate = RateLevel()
  private var counts: [Int] = []
  private var loss: ComputationGraph.Node?

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    switch fact {
    case .step(let step):
      read(step)
      return []
    case .loss(let facts):
      level.take(facts)
      rate.take(facts)
      guard window.take(Double(facts.loss)) else { return [] }
      let finding = finding(at: facts.step, of: run)
      window.makeRoom()
      return finding
    case .epoch(let epoch): return finding(at: epoch.result.step, of: run)
    default: return []
    }
  }

  private mutating func read(_ step: StepFacts) {
    loss = step.graph.nodes.last {
      LossNotFalling.classes.contains($0.operation) || LossNotFalling.numbers.contains($0.operation)
    }
    guard let targets = step.targets, targets.areClasses, !targets.counts.isEmpty else { return }
    if counts.count != targets.counts.count { counts = Array(repeating: 0, count: targets.counts.count) }
    for place in counts.indices { counts[place] += targets.counts[place] }
  }

  private func finding(at step: Int, of run: RunFacts) -> [Finding] {
    guard Double(step) >= thresholds["steps"], window.means.count >= 30, !run.hasSeveralOptimizers, let loss,
      rate.isAtItsHeight, let share = level.share, share < 10, window.shareOfLower < thresholds["lower"]
    else { return [] }
    let recent = window.recent
    var evidence = [
      localized(
        "Medians of the loss: \(NumberText.loss(window.earlier)) in the second third of the run, \(NumberText.loss(recent)) in the last."
      )
    ]
    if LossNotFalling.classes.contains(loss.operation) {
      guard let entropy, entropy > 0, recent >= thresholds["chance"] * entropy else { return [] }
      evidence.append(
        localized("Guessing by how often each class occurs has a loss of \(NumberText.loss(entropy))."))
    } else {
      guard let start = level.start, recent >= thresholds["start"] * start else { return [] }
      evidence.append(localized("The first steps had \(NumberText.loss(start))."))
    }
    return [
      Finding(
        rule: Rule.lossNotFalling.name, severity: .warning,
        what: localized(
          "the loss has not fallen in \(NumberText.grouped(step)) steps: it is \(NumberText.loss(recent))"),
        evidence: evidence,
        cause: localized("The model has learned nothing from its inputs so far."),
        remedy: [
          localized("See that inputs and labels belong together, also after shuffling."),
          localized("Try a learning rate ten times larger, and one ten times smaller."),
          localized(
            "Train on one batch alone: if that loss does not fall to 0 either, the fault is in the model or its loss."
          ),
        ], location: loss.location, position: .end(of: step))
    ]
  }

  /// The entropy of the labels that were seen, in nats; nil before there are any.
  private var entropy: Double? {
    let total = Double(counts.reduce(0, +))
    guard total > 0 else { return nil }
    return counts.reduce(0) { sum, count in
      count == 0 ? sum : sum - Double(count) / total * Foundation.log(Double(count) / total)
    }
  }
}
