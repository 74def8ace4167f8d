import Localization
import Trace

extension Rule {
  /// Parameters that the loss is computed from, and that backward does not reach.
  static let noGradient = Rule(
    "no-gradient", .structure,
    summary: { localized("parameters that the loss depends on and that backward never reaches") },
    judge: { _ in NoGradient() })
}

/// Counts the steps in which a parameter is used and not reached.
///
/// Parameters that a step does not use are not counted, nor those of which only values are read that the loss is not computed
/// from: unused layers and heads are common, and harmless. Of several optimizers only those parameters are counted that the
/// one holds whose step it is: the other network of a GAN is cut off on purpose.
private struct NoGradient: Judge {
  /// A step may leave parameters out on purpose; three in a row seldom do.
  private static let steps = 3
  private var counts: [String: Int] = [:]
  private var reached: Set<String> = []
  /// In how many steps backward reached no parameter at all, and none changed.
  private var lostSteps = 0
  /// The norms of the parameters in the last of them.
  private var norms: [Float] = []

  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .failure(let failure) = fact, failure.kind == .noGradient else { return [] }
    return [finding(failure, run)]
  }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    reached.formUnion(step.parameters.lazy.filter(\.isReached).map(\.name))
    let isHeld = { (one: RunFacts.Parameter) in
      one.isListed && one.isHeld && one.requiresGradient
        && (one.optimizer == nil || step.optimizer == nil || one.optimizer == step.optimizer)
    }
    let waiting = Set(run.parameters.lazy.filter(isHeld).map(\.name)).subtracting(reached)
    guard !waiting.isEmpty else { return [] }
    guard step.parameters.contains(where: { $0.isReached || ($0.gradientNorm ?? 0) > 0 }) else {
      return lost(step)
    }
    var cut: [(parameter: ParameterFacts, node: ComputationGraph.Node?)] = []
    for parameter in step.parameters where waiting.contains(parameter.name) {
      guard let place = Cut(of: parameter, in: step) else { continue }
      counts[parameter.name, default: 0] += 1
      if counts[parameter.name, default: 0] >= NoGradient.steps { cut.append((parameter, place.node)) }
    }
    // What is cut at one place is one finding.
    let places = Dictionary(grouping: cut) { $0.parameter.cutLocation ?? $0.node?.name ?? "" }
    return places.values.compactMap { parts -> Finding? in
      parts.first.map { finding(parts.map(\.parameter), $0.node, step, run) }
    }
  }

  /// Judges a step in which backward was called and reached nothing.
  private mutating func lost(_ step: StepFacts) -> [Finding] {
    guard let calls = step.calls, let backward = calls.backwards.last, calls.optimizerSteps > 0,
      reached.isEmpty,
      !step.parameters.isEmpty
    else { return [] }
    let norms = step.parameters.map(\.norm)
    lostSteps = norms == self.norms ? lostSteps + 1 : 1
    self.norms = norms
    guard norms.contains(where: { $0 > 0 }), lostSteps >= NoGradient.steps else { return [] }
    return [
      Finding(
        rule: Rule.noGradient.name, severity: .error, what: localized("backward reaches no parameter"),
        evidence: [localized("in \(NoGradient.steps) steps no parameter got a gradient, and none changed")],
        cause: localized(
          "The tensor on which backward() is called is not the result of the model, but a new one with its number."
        ),
        remedy: [
          localized(
            "Call backward() on the loss itself, not on torch.tensor(loss), Variable(loss) or a copy by .item(), .data or detach()."
          )
        ], location: backward.location, position: .end(of: step.step))
    ]
  }

  private func finding(
    _ parameters: [ParameterFacts], _ cut: ComputationGraph.Node?, _ step: StepFacts, _ run: RunFacts
  ) -> Finding {
    let names = StructureWords.names(parameters.map(\.name))
    let (first, advice) = (parameters[0], Advice(run))
    var evidence = [
      localized("held by the optimizer, but without a gradient in \(NoGradient.steps) steps")
    ]
    if let cut { evidence.append(localized("the gradient ends at \(cut.name)")) }
    return Finding(
      rule: Rule.noGradient.name, subject: first.name, severity: .warning,
      what: localized("backward never reaches \(names)"), evidence: evidence,
      cause: localized(
        "The path back from the loss is cut: by detach(), by a block without gradients, or by an operator without a derivative."
      ),
      remedy: [
        localized(
          "Remove the detach(), or move the call out of \(advice.words("torch.no_grad()", swift: "noGrad"))."),
        localized("Use a function with a derivative in place of argmax, round or a comparison."),
        advice.freeze,
      ], location: first.cutLocation ?? cut?.location, position: .end(of: step.step), view: .value)
  }

  /// The error that backward raises where nothing requires a gradient.
  private func finding(_ failure: FailureFacts, _ run: RunFacts) -> Finding {
    Finding(
      rule: Rule.noGradient.name, severity: .error,
      what: localized("nothing in the loss requires a gradient"),
      evidence: [StructureWords.error(failure.message)],
      cause: localized(
        "No path leads from the loss back to a parameter, so backward has nothing to compute."),
      remedy: [
        Advice(run).words(
          localized(
            "Compute output and loss outside torch.no_grad(), and without detach(), .data, .item() or numpy()."
          ), swift: localized("Compute output and loss outside noGrad, and without detach() or item().")),
        localized("Use a function with a derivative in place of argmax, round or a comparison."),
        localized("Check whether all parameters are frozen."),
      ], location: failure.origin ?? failure.location, position: failure.position)
  }
}

/// Where the way from a parameter to the loss is cut.
private struct Cut {
  /// The last node before it, or the operator that cuts; nil where only the line is known.
  let node: ComputationGraph.Node?

  /// The cut of a parameter that was not reached; nil where it was, or where the loss is not computed from it.
  init?(of parameter: ParameterFacts, in step: StepFacts) {
    guard !parameter.isReached else { return nil }
    if parameter.cutLocation != nil || parameter.cutNode != nil {
      node = parameter.cutNode.flatMap(step.graph.node(named:))
      return
    }
    guard let start = step.graph.node(named: parameter.name) else { return nil }
    let isAfter = step.graph.isComputed(from: [start.id])
    func isReached(_ id: Int) -> Bool { step.facts(of: id)?.isReached == true }
    // The first reached node that is computed from it reads the result of the operator that cuts.
    guard let reader = step.graph.nodes.first(where: { isAfter[$0.id] && isReached($0.id) }),
      let last = reader.inputs.last(where: { isAfter[$0] && !isReached($0) })
    else { return nil }
    node = step.graph.nodes[last].kind == .operation ? step.graph.nodes[last] : nil
  }
}
