import Localization
import Trace

extension Rule {
  /// A second backward through a graph that the first has freed.
  static let backwardTwice = Rule(
    "backward-twice", .structure, summary: { localized("a second backward through the same graph") },
    judge: { _ in BackwardTwice() })
}

/// Looks at the error that backward ends with.
private struct BackwardTwice: Judge {
  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .failure(let failure) = fact,
      failure.kind == .graphFreed || failure.message.contains("backward through the graph a second time")
    else { return [] }
    return [
      Finding(
        rule: Rule.backwardTwice.name, subject: failure.node, severity: .error,
        what: localized("backward goes a second time through a graph that the first has freed"),
        evidence: [StructureWords.error(failure.message)],
        cause: localized(
          "A tensor of an earlier step still has its graph: a hidden state, a loss that is added up, or an output that is computed once."
        ),
        remedy: [
          localized("Detach what is kept from step to step: hidden = hidden.detach(), total += loss.item()."),
          localized("Compute what depends on parameters again in each step."),
          localized("For two losses of one graph, add them up and call backward() once."),
        ], location: failure.origin ?? failure.location, position: failure.position)
    ]
  }
}
