import Localization
import Trace

extension Rule {
  /// Parameters that get gradients, and that no module lists.
  static let notListed = Rule(
    "not-listed", .structure,
    summary: { localized("parameters that backward reaches and that no module lists") },
    judge: { _ in NotListed() })
}

/// Looks for parameters that are reached, not listed and not held.
private struct NotListed: Judge {
  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .step(let step) = fact, let optimizer = run.optimizer else { return [] }
    let reached = Set(step.parameters.filter(\.isReached).map(\.name))
    let unlisted = run.parameters.filter {
      $0.requiresGradient && !$0.isListed && !$0.isHeld && reached.contains($0.name)
    }
    guard let first = unlisted.first else { return [] }
    let user = step.graph.node(named: first.name).flatMap { node in
      step.graph.nodes.first { $0.inputs.contains(node.id) }
    }
    var evidence = [localized("backward reaches \(first.name), and \(optimizer) does not hold it")]
    if let user { evidence.append(localized("\(user.name) reads it")) }
    return [
      Finding(
        rule: Rule.notListed.name, subject: first.name, severity: .error,
        what: localized("no module lists \(StructureWords.names(unlisted.map(\.name)))"), evidence: evidence,
        cause: localized(
          "What no module lists is missing from model.parameters(): the optimizer, the state dict and .to(device) skip it."
        ),
        remedy: [
          localized(
            "Put layers in nn.ModuleList or nn.ModuleDict, not in a list or a dictionary; in Swift name them in children."
          ),
          localized(
            "Wrap a module's own tensor in nn.Parameter; in Swift name it in ownParameters."),
          localized("Create layers in the module's initializer, not in forward."),
        ], location: first.location ?? user?.location ?? run.location, position: .end(of: step.step),
        view: .gradient)
    ]
  }
}
