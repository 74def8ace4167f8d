import Localization
import Trace

extension Rule {
  /// Parameters that get gradients, and that no module lists.
  static let notListed = Rule(
    "not-listed", .structure,
    summary: { localized("parameters that backward reaches and that no module lists") },
    judge: { _ in NotListed() })
}

/// Looks for parameters that are reached, not listed and not held: those that the run tells of, and those that only a layer of
/// the graph reads.
///
/// Not every tensor that requires a gradient is a parameter: an input may, to see what an output depends on, and what is added
/// to one. So of the graph only what layers read as their weights is judged, and from the second step on, when the tensors
/// that an optimizer has beside the model are known.
private struct NotListed: Judge {
  /// The lines in which weights were read that no module lists.
  private var lines: Set<String> = []

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard let optimizer = run.optimizer else { return [] }
    let told = run.parameters.filter { parameter in
      parameter.requiresGradient && !parameter.isListed && !parameter.isHeld
        && step.parameters.contains { $0.name == parameter.name && $0.isReached }
    }
    let graph = step.graph
    var found = told.map { parameter in
      let reader = graph.node(named: parameter.name).flatMap { node in
        graph.nodes.first { $0.inputs.contains(node.id) }
      }
      return Unlisted(name: parameter.name, reader: reader, location: parameter.location ?? reader?.location)
    }
    let weights = unknownWeights(in: step, of: run)
    found += weights.filter { step.step > 1 && $0.location.map(lines.contains) == true }
    lines.formUnion(weights.compactMap(\.location))
    return found.isEmpty ? [] : [finding(found, optimizer, step, run)]
  }

  /// Trained tensors that a layer of the graph reads as its weights, and that the run does not tell of.
  private func unknownWeights(in step: StepFacts, of run: RunFacts) -> [Unlisted] {
    let known = Set(run.parameters.lazy.map(\.name))
    let parameters = step.graph.nodes.filter { $0.kind == .parameter }
    // Where no name is known, the names are others, and say nothing.
    guard parameters.contains(where: { known.contains($0.name) }) else { return [] }
    let unknown = Set(parameters.lazy.filter { !known.contains($0.name) }.map(\.id))
    guard !unknown.isEmpty else { return [] }
    return step.graph.nodes.flatMap { reader -> [Unlisted] in
      guard Operators.weighted.contains(reader.operation), let first = reader.inputs.first,
        step.graph.nodes.indices.contains(first), step.graph.nodes[first].kind != .parameter,
        step.facts(of: reader.id)?.isReached == true
      else { return [] }
      return reader.inputs.dropFirst().filter(unknown.contains).map {
        Unlisted(name: step.graph.nodes[$0].name, reader: reader, location: reader.location)
      }
    }
  }

  private func finding(
    _ unlisted: [Unlisted], _ optimizer: String, _ step: StepFacts, _ run: RunFacts
  ) -> Finding {
    let (first, advice) = (unlisted[0], Advice(run))
    var evidence = [localized("backward reaches \(first.name), and \(optimizer) does not hold it")]
    if let reader = first.reader { evidence.append(localized("\(reader.name) reads it")) }
    return Finding(
      rule: Rule.notListed.name, subject: first.name, severity: .error,
      what: localized("no module lists \(StructureWords.names(unlisted.map(\.name)))"), evidence: evidence,
      cause: localized(
        "What no module lists is missing from model.parameters(): the optimizer, the state dict and .to(device) skip it."
      ),
      remedy: [
        advice.words(
          localized("Put layers in nn.ModuleList or nn.ModuleDict, not in a list or a dictionary."),
          swift: localized("Name the module's layers in children.")),
        advice.words(
          localized("Wrap a module's own tensor in nn.Parameter."),
          swift: localized("Name a module's own tensor in ownParameters.")),
        localized("Create layers in the module's initializer, not in forward."),
      ], location: first.location ?? run.location, position: .end(of: step.step), view: .gradient)
  }
}

/// A trained tensor that no module lists.
private struct Unlisted {
  let name: String
  /// The operator that reads it, where the graph has one.
  let reader: ComputationGraph.Node?
  let location: String?
}
