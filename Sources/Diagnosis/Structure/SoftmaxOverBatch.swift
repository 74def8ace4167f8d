import Localization
import Trace

extension Rule {
  /// Softmax over the samples of a batch, in place of the classes.
  static let softmaxOverBatch = Rule(
    "softmax-over-batch", .structure, summary: { localized("softmax over the samples, not the classes") },
    judge: { _ in SoftmaxOverBatch() })
}

/// Looks for a softmax over the first dimension in what a loss is given.
///
/// A contrastive loss does so on purpose, with as many classes as samples.
private struct SoftmaxOverBatch: Judge {
  private static let losses: Set<String> = [
    "nll_loss", "cross_entropy", "binary_cross_entropy", "mse_loss", "kl_div",
  ]

  func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    return step.lossCalls(SoftmaxOverBatch.losses).compactMap { loss in
      let softmax =
        loss.made.operation == "log" ? loss.made.inputs.first.map(step.graph.source(of:)) : loss.made
      guard let softmax, ["softmax", "log_softmax"].contains(softmax.operation), softmax.shape.count == 2,
        softmax.shape[0] > 1, softmax.shape[0] != softmax.shape[1],
        step.facts(of: softmax.id)?.dimension == 0
      else { return nil }
      return Finding(
        rule: Rule.softmaxOverBatch.name, subject: softmax.name, severity: .error,
        what: localized("\(softmax.name) makes the samples of a batch compete, not the classes"),
        evidence: [
          localized("it sums over dimension 0 of \(softmax.shape.description), which is that of the samples")
        ],
        cause: localized(
          "The output of a sample then depends on the others of its batch, and is not a probability."),
        remedy: [localized("Sum over the classes: dim=1, or dim=-1.")],
        location: softmax.location ?? loss.node.location, position: .end(of: step.step), view: .value)
    }
  }
}
