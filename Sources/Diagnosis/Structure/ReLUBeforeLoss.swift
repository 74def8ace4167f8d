import Localization
import Trace

extension Rule {
  /// A loss is given an output that cannot be what it is compared with.
  static let reluBeforeLoss = Rule(
    "relu-before-loss", .structure,
    summary: { localized("a last activation that cannot reach the targets") },
    judge: { _ in ReLUBeforeLoss() })
}

/// Looks at the last operator before a loss: ReLU before a loss of logits, and an activation whose range does not hold the
/// targets before a regression loss.
private struct ReLUBeforeLoss: Judge {
  /// What an activation can come to.
  private static let ranges: [String: (minimum: Double, maximum: Double)] = [
    "relu": (0, .infinity), "sigmoid": (0, 1), "softmax": (0, 1), "tanh": (-1, 1),
  ]
  /// By what share of the targets' range they may lie beyond it: noise and rounding are not a fault.
  private static let tolerance = 0.05

  func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    return step.lossCalls.compactMap { loss in
      guard loss.made.kind == .operation else { return nil }
      switch loss.node.operation {
      case "cross_entropy", "binary_cross_entropy_with_logits":
        return loss.made.operation == "relu" ? logits(loss, step) : nil
      case let name where Operators.regressionLosses.contains(name): return regression(loss, step)
      default: return nil
      }
    }
  }

  private func logits(_ loss: LossCall, _ step: StepFacts) -> Finding {
    finding(
      loss, step,
      what: localized(
        "\(loss.made.name) cuts off the negative logits that \(loss.node.operation) needs"),
      evidence: StructureWords.source(of: loss),
      cause: localized(
        "A negative logit says that a class is unlikely. ReLU makes it 0 and passes no gradient back, so errors are hardly ever corrected."
      ),
      remedy: [])
  }

  private func regression(_ loss: LossCall, _ step: StepFacts) -> Finding? {
    // A loss without reduction is often masked, and its targets hold numbers that stand for none.
    guard loss.node.shape.allSatisfy({ $0 == 1 }), let range = ReLUBeforeLoss.ranges[loss.made.operation],
      let (minimum, maximum) = targets(of: loss, step)
    else { return nil }
    let slack = ReLUBeforeLoss.tolerance * (maximum - minimum)
    guard minimum < range.minimum - slack || maximum > range.maximum + slack else { return nil }
    let targets = localized("\(StructureWords.figure(minimum)) to \(StructureWords.figure(maximum))")
    return finding(
      loss, step, what: localized("\(loss.made.name) cannot reach the targets, which are from \(targets)"),
      evidence: localized("the last operator before \(loss.node.name) is \(loss.made.operation)"),
      cause: localized(
        "An error remains that no weights can remove, and at the limit there is no gradient."),
      remedy: [localized("Or scale the targets into its range.")])
  }

  /// The smallest and the largest target; nil where they were not measured.
  private func targets(of loss: LossCall, _ step: StepFacts) -> (Double, Double)? {
    if let target = loss.target, let value = step.value(of: target) {
      return (Double(value.minimum), Double(value.maximum))
    }
    guard step.lossCalls.count == 1, let targets = step.targets, !targets.areClasses else { return nil }
    return (targets.minimum, targets.maximum)
  }

  private func finding(
    _ loss: LossCall, _ step: StepFacts, what: String, evidence: String, cause: String, remedy: [String]
  ) -> Finding {
    Finding(
      rule: Rule.reluBeforeLoss.name, subject: loss.made.name, severity: .warning, what: what,
      evidence: [evidence], cause: cause,
      remedy: [localized("Leave out \(loss.made.operation) after the last layer.")] + remedy,
      location: loss.made.location ?? loss.node.location, position: .end(of: step.step), view: .value)
  }
}
