import Localization
import Trace

extension Rule {
  /// An optimizer that steps with tensors that the model does not use.
  static let staleParameters = Rule(
    "stale-parameters", .structure,
    summary: { localized("an optimizer of tensors that the model does not use") },
    judge: { _ in StaleParameters() })
}

/// Counts the steps of an optimizer in which none of its tensors is used or has a gradient, while backward reaches parameters
/// that no optimizer holds.
///
/// Those are what it was meant for: the tensors of a model that was made or changed after it. Where every parameter that
/// backward reaches is held by some optimizer, these tensors are only not in use now, as those of a network that is trained in
/// turn or of an expert that is not chosen. Of several optimizers one is judged only where what is not held has the shapes of
/// what it holds.
private struct StaleParameters: Judge {
  private static let steps = 3
  private var counts: [Int: Int] = [:]

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard let calls = step.calls, !calls.backwards.isEmpty,
      calls.optimizerSteps > 0
    else { return [] }
    let place = step.optimizer ?? 0
    let isOfSeveral = run.optimizerCount ?? 1 > 1
    guard !isOfSeveral || step.optimizer != nil else { return [] }
    guard run.parameters.contains(where: { $0.isListed && !$0.isHeld && $0.requiresGradient }) else {
      if !counts.isEmpty { counts[place] = 0 }
      return []
    }
    let (unused, reached) = StaleParameters.tensors(of: isOfSeveral ? place : nil, in: step, run)
    let isStale =
      !unused.isEmpty && !reached.isEmpty
      && (!isOfSeveral || unused.map(\.shape).sorted(by: <) == reached.map(\.shape).sorted(by: <))
    counts[place] = isStale ? counts[place, default: 0] + 1 : 0
    guard counts[place, default: 0] >= StaleParameters.steps else { return [] }
    return [finding(place, unused.count, reached.map(\.name), step, run)]
  }

  /// The tensors of an optimizer, empty where any of them is used, and the parameters that are reached and that none holds.
  private static func tensors(
    of optimizer: Int?, in step: StepFacts, _ run: RunFacts
  ) -> (unused: [RunFacts.Parameter], reached: [RunFacts.Parameter]) {
    let facts = Dictionary(step.parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let held = run.parameters.filter {
      $0.isHeld && $0.requiresGradient && (optimizer == nil || $0.optimizer == optimizer)
    }
    let areUnused = held.allSatisfy { one in
      guard let facts = facts[one.name], step.graph.node(named: one.name) == nil else { return false }
      return !facts.isReached && (facts.gradientNorm ?? 0) == 0
    }
    guard areUnused else { return ([], []) }
    let reached = run.parameters.filter { one in
      guard one.isListed, !one.isHeld, one.requiresGradient else { return false }
      return facts[one.name]?.isReached == true
        || step.graph.node(named: one.name).flatMap { step.facts(of: $0.id) }?.isReached == true
    }
    return (held, reached)
  }

  private func finding(
    _ place: Int, _ count: Int, _ reached: [String], _ step: StepFacts, _ run: RunFacts
  ) -> Finding {
    let optimizer = run.optimizers.indices.contains(place) ? run.optimizers[place] : nil
    let name = optimizer?.name ?? run.optimizer ?? ""
    return Finding(
      rule: Rule.staleParameters.name, subject: reached.first, severity: .error,
      what: localized("\(name) holds \(count) tensors, and the model uses none of them"),
      evidence: [
        localized("in \(StaleParameters.steps) steps none of its tensors was used or got a gradient"),
        localized("backward reaches \(StructureWords.names(reached)), which no optimizer holds"),
      ],
      cause: localized(
        "The model was made or changed after the optimizer, which steps with tensors that nobody reads: nothing is trained."
      ),
      remedy: [
        localized(
          "Make the optimizer last, from the model that is trained: after it was moved, pruned, or its layers were replaced."
        ), localized("Check that it gets the parameters of this model, and not of another of the same kind."),
      ], location: optimizer?.location ?? run.optimizerLocation ?? step.calls?.optimizerLocation,
      position: .end(of: step.step), view: .gradient)
  }
}

/// Shapes in the order of their dimensions.
private func < (left: [Int], right: [Int]) -> Bool { left.lexicographicallyPrecedes(right) }
