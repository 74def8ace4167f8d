import Localization
import Trace

extension Rule {
  /// Cross-entropy over one output.
  static let oneOutput = Rule(
    "one-output", .structure, summary: { localized("cross-entropy over a single output") },
    judge: { _ in OneOutput() })
}

/// Looks for a loss over classes whose output has one class.
private struct OneOutput: Judge {
  func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    return step.lossCalls(["cross_entropy", "nll_loss"]).compactMap { loss in
      let isLog = loss.node.operation == "cross_entropy" || loss.made.operation == "log_softmax"
      guard isLog, loss.given.shape.count > 1, loss.classCount == 1 else { return nil }
      return Finding(
        rule: Rule.oneOutput.name, subject: loss.given.name, severity: .error,
        what: localized("\(loss.node.name) has a single output to choose from"),
        evidence: [
          localized("the shape of \(loss.given.name) is \(loss.given.shape.description), so it has one class")
        ],
        cause: localized("The softmax of one number is always 1: the loss is 0, and so are all gradients."),
        remedy: [
          localized(
            "For yes or no, use binary_cross_entropy_with_logits (BCEWithLogitsLoss), with float targets."),
          localized("Or give the last layer as many outputs as there are classes."),
          localized("To predict a number, use mse_loss."),
        ], location: loss.node.location, position: .end(of: step.step), view: .value)
    }
  }
}
