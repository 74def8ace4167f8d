import Localization
import Trace

extension Rule {
  /// Binary cross-entropy of what is not a probability.
  static let missingSigmoid = Rule(
    "missing-sigmoid", .structure,
    summary: { localized("binary_cross_entropy of what is not probabilities") },
    judge: { _ in MissingSigmoid() })
}

/// Looks for the result of a layer in what the loss is given, and for the error that the loss then ends with.
private struct MissingSigmoid: Judge {
  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .failure(let failure) = fact, failure.operation == "binary_cross_entropy",
      failure.message.contains("between 0 and 1")
    else { return [] }
    return [
      finding(failure.node, [StructureWords.error(failure.message)], failure.location, at: failure.position)
    ]
  }

  func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    step.lossCalls(["binary_cross_entropy"]).compactMap { loss in
      if let finding = clamped(loss, in: step) { return finding }
      guard loss.made.kind == .operation, Operators.layers.contains(loss.made.operation) else { return nil }
      return finding(
        loss.made.name, [StructureWords.source(of: loss)], loss.node.location, at: .end(of: step.step))
    }
  }

  /// The finding where the result of a layer was only cut to what the loss takes, and was beyond it.
  private func clamped(_ loss: LossCall, in step: StepFacts) -> Finding? {
    guard loss.made.kind == .operation, MissingSigmoid.clamps.contains(loss.made.operation),
      let first = loss.made.inputs.first, step.graph.nodes.indices.contains(first)
    else { return nil }
    let source = step.graph.source(of: first)
    guard source.kind == .operation, Operators.layers.contains(source.operation),
      let value = step.value(of: source), value.minimum < 0 || value.maximum > 1
    else { return nil }
    return Finding(
      rule: Rule.missingSigmoid.name, subject: source.name, severity: .warning,
      what: localized("binary_cross_entropy expects probabilities, but is given \(source.name), cut to them"),
      evidence: [
        localized("\(source.name) has numbers from \(StructureWords.range(value))"),
        StructureWords.source(of: loss),
      ],
      cause: localized("Where a number is cut no gradient flows, so those samples teach nothing."),
      remedy: MissingSigmoid.remedy, location: loss.node.location, position: .end(of: step.step), view: .value
    )
  }

  private static let clamps: Set<String> = ["clamp", "clip", "clamp_min", "clamp_max"]

  private static var remedy: [String] {
    [
      localized("Use binary_cross_entropy_with_logits (BCEWithLogitsLoss), which applies sigmoid itself."),
      localized("Or apply sigmoid to the output."),
    ]
  }

  private func finding(
    _ subject: String?, _ evidence: [String], _ location: String?, at position: Position
  ) -> Finding {
    Finding(
      rule: Rule.missingSigmoid.name, subject: subject, severity: .error,
      what: localized("binary_cross_entropy expects probabilities, but is given numbers of any size"),
      evidence: evidence,
      cause: localized("Below 0 and above 1 its logarithms do not exist, and training ends with an error."),
      remedy: MissingSigmoid.remedy, location: location, position: position, view: .value)
  }
}
