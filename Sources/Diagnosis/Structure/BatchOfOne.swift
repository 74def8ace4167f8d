import Localization
import Trace

extension Rule {
  /// Batch norm of a batch that has one sample.
  static let batchOfOne = Rule(
    "batch-of-one", .structure, summary: { localized("batch norm of a batch with one sample") },
    judge: { _ in BatchOfOne() })
}

/// Looks at the size of an epoch's last batch, and at the error that batch norm ends with.
private struct BatchOfOne: Judge {
  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .failure(let failure) = fact, failure.kind == .batchOfOneRow else { return [] }
    return [
      finding(
        failure.node, [StructureWords.error(failure.message)], run.loaderLocation ?? failure.location,
        failure.position, run)
    ]
  }

  func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard run.lastBatchSize == 1, let size = run.batchSize, size > 1,
      let norm = step.graph.nodes.first(where: { takesOneValue($0, in: step) })
    else { return [] }
    let samples = run.sampleCount.map {
      localized("\($0) samples in batches of \(size) leave a last batch of one")
    }
    let evidence = samples ?? localized("the last batch of an epoch has one sample")
    return [
      finding(
        norm.name, [evidence], run.loaderLocation ?? norm.location ?? run.location, .end(of: step.step), run)
    ]
  }

  /// Whether a node is a batch norm in training mode that has one number of each sample for a channel.
  private func takesOneValue(_ node: ComputationGraph.Node, in step: StepFacts) -> Bool {
    guard node.operation == "batch_norm", node.shape.count >= 2,
      node.shape.dropFirst(2).allSatisfy({ $0 == 1 })
    else { return false }
    return !step.modulesInEvaluationMode.contains { node.group == $0 || node.name.hasPrefix($0 + ".") }
  }

  private func finding(
    _ subject: String?, _ evidence: [String], _ location: String?, _ position: Position, _ run: RunFacts
  ) -> Finding {
    let loader = Advice(run).words("DataLoader(…, drop_last=True)", swift: "DataLoader(…, dropLast: true)")
    return Finding(
      rule: Rule.batchOfOne.name, subject: subject, severity: .error,
      what: subject.map { localized("\($0) cannot normalize a batch of one sample") }
        ?? localized("batch norm cannot normalize a batch of one sample"), evidence: evidence,
      cause: localized("A single number has no variance, so training stops with an error."),
      remedy: [
        localized("Leave out the incomplete batch: \(loader)."),
        localized("Or choose a batch size that leaves no sample over."),
        localized("To predict a single sample, call model.eval() first."),
      ], location: location, position: position, view: .value)
  }
}
