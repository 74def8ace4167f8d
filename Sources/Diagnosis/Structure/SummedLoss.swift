import Localization
import Trace

extension Rule {
  /// Training that diverges with a loss that is the sum over a batch.
  static let summedLoss = Rule(
    "summed-loss", .structure, summary: { localized("a loss that is summed over the batch, and diverges") },
    judge: { _ in SummedLoss() })
}

/// Looks for a loss that is a sum, and grows without a bound in the first steps.
///
/// A sum alone is not a fault: with a learning rate for it, or an optimizer that does not depend on the gradient's size, it trains.
private struct SummedLoss: LossJudge {
  /// A run that goes well so long does not diverge because of the sum.
  private static let steps = 200
  /// So many times the first loss is not noise.
  private static let growth: Float = 10
  /// The loss that is a sum, and how many samples it adds up.
  private var sum: (node: ComputationGraph.Node, samples: Int)?
  private var first: Float?

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard step.step <= SummedLoss.steps else { return [] }
    sum = SummedLoss.sum(in: step) ?? sum
    return step.loss.map { judge($0, step.step, run) } ?? []
  }

  mutating func findings(at loss: LossFacts, of run: RunFacts) -> [Finding] {
    judge(loss.loss, loss.step, run)
  }

  /// A sum on which backward was called as it is, or but for other losses that were added.
  private static func sum(in step: StepFacts) -> (ComputationGraph.Node, Int)? {
    guard let root = step.root, let samples = step.batchCount, samples > 1 else { return nil }
    let loss = step.lossCalls.first { loss in
      (loss.node.operation == "cross_entropy"
        ? step.isSum(loss) : step.facts(of: loss.node.id)?.reduction == .sum)
        && (root.id == loss.node.id || root.operation == "add" && root.inputs.contains(loss.node.id))
    }
    if let loss { return (loss.node, samples) }
    let isSum =
      step.lossCalls.isEmpty && root.operation == "sum" && step.calls?.backwards.last?.isMean == false
    return isSum ? (root, samples) : nil
  }

  private mutating func judge(_ loss: Float, _ step: Int, _ run: RunFacts) -> [Finding] {
    guard step <= SummedLoss.steps, loss.isFinite else { return [] }
    guard let first else {
      self.first = loss
      return []
    }
    guard let sum, first > 0, loss > SummedLoss.growth * first else { return [] }
    let reduction = Advice(run).words("reduction=\"mean\"", swift: "reduction: .mean")
    let figures = (StructureWords.figure(Double(first)), StructureWords.figure(Double(loss)))
    return [
      Finding(
        rule: Rule.summedLoss.name, subject: sum.node.name, severity: .warning,
        what: localized("the loss is a sum over \(sum.samples) samples, and diverges"),
        evidence: [localized("the loss was \(figures.0) at first, and \(figures.1) in step \(step)")],
        cause: localized(
          "The gradient of a sum is \(sum.samples) times that of the mean, so each step is as many times longer."
        ),
        remedy: [
          localized("Take the mean: \(reduction), or loss.mean()."),
          localized("Or divide the learning rate by \(sum.samples)."),
        ], location: sum.node.location, position: .end(of: step), view: .value)
    ]
  }
}
