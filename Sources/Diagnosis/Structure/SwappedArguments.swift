import Localization
import Trace

extension Rule {
  /// A loss that takes the labels for the output.
  static let swappedArguments = Rule(
    "swapped-arguments", .structure,
    summary: { localized("a loss that is given the target first and the output second") },
    judge: { _ in SwappedArguments() })
}

/// Looks for cross-entropies whose first argument is data from 0 to 1, and whose second is computed from parameters.
///
/// A divergence is taken in both directions on purpose, and the other losses are the same both ways.
private struct SwappedArguments: Judge {
  private static let losses: Set<String> = [
    "binary_cross_entropy", "binary_cross_entropy_with_logits", "cross_entropy",
  ]
  /// In how many steps in a row a loss was called so.
  private var counts: [String: Int] = [:]

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    step.lossCalls(SwappedArguments.losses).compactMap { loss in
      guard let second = loss.target, let value = step.value(of: loss.given), value.minimum >= 0,
        value.maximum <= 1, isTrained(second, not: loss.given, in: step.graph)
      else {
        counts[loss.node.name] = 0
        return nil
      }
      counts[loss.node.name, default: 0] += 1
      guard counts[loss.node.name, default: 0] > 1 else { return nil }
      return Finding(
        rule: Rule.swappedArguments.name, subject: loss.node.name, severity: .error,
        what: localized("\(loss.node.operation) is given the target first and the output second"),
        evidence: [
          localized(
            "its first argument, \(loss.given.name), is data; its second, \(second.name), is computed by the model"
          )
        ],
        cause: localized(
          "The loss takes the labels for predictions: it has no minimum where both agree, and its logarithms are cut off."
        ), remedy: [localized("Swap them: criterion(output, target).")], location: loss.node.location,
        position: .end(of: step.step), view: .value)
    }
  }

  /// Whether parameters go into one node, and not into another.
  private func isTrained(
    _ node: ComputationGraph.Node, not other: ComputationGraph.Node, in graph: ComputationGraph
  ) -> Bool {
    let isAfter = graph.isComputed(from: Set(graph.nodes.lazy.filter { $0.kind == .parameter }.map(\.id)))
    return isAfter[node.id] && !isAfter[other.id]
  }
}
