import Localization
import Trace

extension Rule {
  /// Parameters that get gradients, and that no optimizer holds.
  static let notInOptimizer = Rule(
    "not-in-optimizer", .structure,
    summary: { localized("parameters that backward reaches and that no optimizer holds") },
    judge: { _ in NotInOptimizer() })
}

/// Looks for parameters that are reached and not held, in a model of which the optimizer holds others.
///
/// A model of which nothing is held is used as it is, as the network of a perceptual loss or a target network is.
private struct NotInOptimizer: Judge {
  func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard let optimizer = run.optimizer,
      run.parameters.contains(where: { $0.requiresGradient && $0.isListed && !$0.isHeld })
    else { return [] }
    let reached = Dictionary(
      step.parameters.filter(\.isReached).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let trained = Set(run.parameters.filter { $0.isListed && $0.isHeld }.map(\.model))
    let missing = run.parameters.filter {
      $0.requiresGradient && $0.isListed && !$0.isHeld && trained.contains($0.model)
        && reached[$0.name] != nil
    }
    guard let first = missing.first else { return [] }
    // The parameters of a layer that was replaced are held, and no longer used.
    let unused = run.parameters.filter {
      $0.isHeld && reached[$0.name] == nil && step.graph.node(named: $0.name) == nil
    }.map(\.name)
    let needed = run.parameters.filter {
      $0.requiresGradient && $0.isListed && !unused.contains($0.name)
    }
    var evidence = [
      localized("it holds \(needed.count { $0.isHeld }) of the model's \(needed.count) parameters")
    ]
    if let norm = reached[first.name]?.gradientNorm {
      evidence.append(
        localized(
          "backward computes a gradient for \(first.name), of norm \(StructureWords.figure(Double(norm)))"))
    }
    let advice = Advice(run)
    var remedy = [
      localized(
        "Give the optimizer all parameters: \(advice.words("model.parameters()", swift: "model.namedParameters()"))."
      ), advice.freeze,
    ]
    if !unused.isEmpty {
      evidence.append(localized("it holds \(StructureWords.names(unused)), which the model does not use"))
      remedy.insert(localized("Make the optimizer after the last layer has been replaced."), at: 0)
    }
    return [
      Finding(
        rule: Rule.notInOptimizer.name, subject: first.name, severity: .warning,
        what: localized("\(optimizer) does not hold \(StructureWords.names(missing.map(\.name)))"),
        evidence: evidence,
        cause: localized("A parameter that no optimizer holds keeps its initial value."), remedy: remedy,
        location: run.optimizerLocation ?? first.location ?? run.location, position: .end(of: step.step),
        view: .gradient)
    ]
  }
}
