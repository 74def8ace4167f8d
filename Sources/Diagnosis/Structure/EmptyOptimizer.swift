import Localization
import Trace

extension Rule {
  /// An optimizer that holds no parameter.
  static let emptyOptimizer = Rule(
    "empty-optimizer", .structure, summary: { localized("an optimizer without parameters") },
    judge: { _ in EmptyOptimizer() })
}

/// Looks at the error that an optimizer raises, or for a run of whose parameters none is held.
private struct EmptyOptimizer: Judge {
  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .failure(let failure) = fact, failure.kind == .emptyOptimizer else { return [] }
    return [finding(run, [StructureWords.error(failure.message)], failure.location, at: failure.position)]
  }

  func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard run.optimizer != nil, !run.parameters.contains(where: \.isHeld) else { return [] }
    let needed = run.parameters.filter(\.requiresGradient)
    guard !needed.isEmpty else { return [] }
    let evidence = localized("it holds \(0) of the model's \(needed.count) parameters")
    return [finding(run, [evidence], run.optimizerLocation, at: .end(of: step.step))]
  }

  private func finding(
    _ run: RunFacts, _ evidence: [String], _ location: String?, at position: Position
  ) -> Finding {
    let advice = Advice(run)
    return Finding(
      rule: Rule.emptyOptimizer.name, severity: .error,
      what: run.optimizer.map { localized("\($0) has no parameters") }
        ?? localized("the optimizer has no parameters"), evidence: evidence,
      cause: localized("Nothing is trained: the loss stays as it is."),
      remedy: [
        advice.words(
          localized(
            "Give it model.parameters(), or list(model.parameters()) where that is read twice: a generator is empty after the first time."
          ), swift: localized("Give it model.namedParameters().")),
        advice.words(
          localized("If the model lists none, put its layers in nn.ModuleList, not in a list."),
          swift: localized("If the model lists none, name its layers in children.")),
      ], location: location ?? run.optimizerLocation ?? run.location, position: position)
  }
}
