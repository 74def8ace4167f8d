import Localization
import Trace

extension Rule {
  /// A loss of log-probabilities that is given something else.
  static let missingLogSoftmax = Rule(
    "missing-log-softmax", .structure,
    summary: { localized("nll_loss or kl_div of what is not log-probabilities") },
    judge: { _ in MissingLogSoftmax() })
}

/// Looks for the result of a layer, or probabilities themselves, in what the loss is given.
///
/// What the loss is given may be a product with logarithms, as in a focal loss, so that other operators are not judged; sums
/// are, where they are so large that they cannot be logarithms.
private struct MissingLogSoftmax: Judge {
  private static let probabilities: Set<String> = ["softmax", "sigmoid", "gumbel_softmax"]
  private static let sums: Set<String> = ["add", "matmul", "mm", "bmm"]

  func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    return step.lossCalls(["nll_loss", "kl_div"]).compactMap { loss in
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
        what: localized(
          "\(loss.node.operation) expects log-probabilities, but is given \(loss.made.name)"),
        evidence: evidence,
        cause: loss.node.operation == "nll_loss"
          ? localized(
            "The loss can only push the label's number up, without bound; nothing pushes the others down.")
          : localized("The loss takes its input for logarithms, so it is not smallest where both agree."),
        remedy: remedy(loss, isProbability),
        location: loss.node.location,
        position: .end(of: step.step), view: .value)
    }
  }

  private func remedy(_ loss: LossCall, _ isProbability: Bool) -> [String] {
    let first =
      isProbability
      ? localized("Use log_softmax in place of \(loss.made.operation).")
      : localized("Apply log_softmax to it first.")
    guard loss.node.operation == "nll_loss" else { return [first] }
    return [first, localized("Or give the logits to cross_entropy, which does both.")]
  }
}
