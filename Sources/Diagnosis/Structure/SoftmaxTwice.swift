import Localization
import Trace

extension Rule {
  /// A loss that applies softmax or sigmoid itself is given what one of them made.
  static let softmaxTwice = Rule(
    "softmax-twice", .structure,
    summary: { localized("softmax or sigmoid before a loss that applies it itself") },
    judge: { _ in SoftmaxTwice() })
}

/// Looks for the function in what the loss is given.
private struct SoftmaxTwice: Judge {
  /// The function that a loss applies itself.
  private static let applied: [String: Set<String>] = [
    "cross_entropy": ["softmax", "log_softmax", "sigmoid"],
    "binary_cross_entropy_with_logits": ["sigmoid", "softmax"],
  ]

  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .step(let step) = fact else { return [] }
    return step.graph.nodes.compactMap { loss -> Finding? in
      guard let functions = SoftmaxTwice.applied[loss.operation], let given = loss.inputs.first,
        case let input = step.graph.nodes[given], functions.contains(input.operation)
      else { return nil }
      return Finding(
        rule: Rule.softmaxTwice.name, subject: input.name, severity: .error,
        what: localized("\(loss.operation) applies its function itself, but is given \(input.name)"),
        evidence: [localized("\(input.name) is computed by \(input.operation), and \(loss.name) reads it")],
        cause: localized("Applied twice, the function makes all classes nearly alike, and gradients small."),
        remedy: [localized("Give the loss the logits: leave out \(input.operation).")],
        location: input.location ?? loss.location, position: .end(of: step.step), view: .value)
    }
  }
}
