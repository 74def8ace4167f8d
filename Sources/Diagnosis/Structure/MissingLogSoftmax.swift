import Localization
import Trace

extension Rule {
  /// The negative log-likelihood of what is not the logarithm of a probability.
  static let missingLogSoftmax = Rule(
    "missing-log-softmax", .structure, summary: { localized("nll_loss of what is not log-probabilities") },
    judge: { _ in MissingLogSoftmax() })
}

/// Looks for the result of a layer, or probabilities themselves, in what the loss is given.
///
/// What the loss is given may be a product with logarithms, as in a focal loss, so that other operators are not judged; sums
/// are, where they are so large that they cannot be logarithms.
private struct MissingLogSoftmax: Judge {
  private static let probabilities: Set<String> = ["softmax", "sigmoid", "gumbel_softmax"]
  private static let sums: Set<String> = ["add", "matmul", "mm", "bmm"]

  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .step(let step) = fact else { return [] }
    return step.lossCalls(["nll_loss"]).compactMap { loss in
      let isProbability = MissingLogSoftmax.probabilities.contains(loss.made.operation)
      let isSum =
        MissingLogSoftmax.sums.contains(loss.made.operation)
        && step.value(of: loss.given).map { $0.maximum > 1 } == true
      guard loss.made.kind == .operation,
        isProbability || isSum || Operators.layers.contains(loss.made.operation)
      else { return nil }
      var evidence = [StructureWords.source(of: loss)]
      if let value = step.value(of: loss.given), value.maximum > 0 {
        evidence.append(
          localized(
            "its numbers are from \(StructureWords.range(value)), but the logarithm of a probability is never above 0"
          ))
      }
      return Finding(
        rule: Rule.missingLogSoftmax.name, subject: loss.made.name, severity: .error,
        what: localized("nll_loss expects log-probabilities, but is given \(loss.made.name)"),
        evidence: evidence,
        cause: localized(
          "The loss can only push the label's number up, without bound; nothing pushes the others down."
        ),
        remedy: [
          isProbability
            ? localized("Use log_softmax in place of \(loss.made.operation).")
            : localized("Apply log_softmax to it first."),
          localized("Or give the logits to cross_entropy, which does both."),
        ], location: isProbability ? loss.made.location ?? loss.node.location : loss.node.location,
        position: .end(of: step.step), view: .value)
    }
  }
}
