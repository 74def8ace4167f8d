import Localization
import Trace

extension Rule {
  /// A sequence module that takes the batch for time.
  static let batchForTime = Rule(
    "batch-for-time", .structure,
    summary: { localized("a recurrent or attention layer that takes the batch for time") },
    judge: { _ in BatchForTime() })
}

/// Looks for modules made without batch_first whose input has the samples of a batch first.
///
/// Judged where the batches of the data loader have another size than the input's second dimension, which would be the batch.
private struct BatchForTime: Judge {
  private static let steps = 3
  private var counts: [String: Int] = [:]

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard !run.sequenceFirst.isEmpty, let samples = run.batchSize, samples > 1
    else { return [] }
    return run.sequenceFirst.compactMap { name in
      guard let (reader, given) = BatchForTime.input(of: name, in: step.graph) else { return nil }
      let shape = given.shape
      let isWrong = shape.count == 3 && shape[0] == samples && shape[1] != samples && shape[1] > 1
      counts[name] = isWrong ? counts[name, default: 0] + 1 : 0
      guard counts[name, default: 0] >= BatchForTime.steps else { return nil }
      return Finding(
        rule: Rule.batchForTime.name, subject: reader.name, severity: .error,
        what: localized("\(name) takes the \(samples) samples of a batch for \(samples) times"),
        evidence: [
          localized(
            "its input \(shape.description) has the batch first, and it was made with batch_first=False")
        ],
        cause: localized(
          "It goes from sample to sample, so each output depends on other samples, and none on earlier times."
        ),
        remedy: [
          localized("Make it with batch_first=True."),
          localized("Or give it time first: x.transpose(0, 1)."),
        ], location: reader.location, position: .end(of: step.step), view: .value)
    }
  }

  /// The first operator of a module that reads a sequence from outside it, and that sequence.
  private static func input(
    of module: String, in graph: ComputationGraph
  ) -> (reader: ComputationGraph.Node, given: ComputationGraph.Node)? {
    for node in graph.nodes where node.kind == .operation && node.group == module {
      let given = node.inputs.lazy.filter(graph.nodes.indices.contains).map { graph.nodes[$0] }
        .first { $0.kind != .parameter && $0.group != module && $0.shape.count == 3 }
      if let given { return (node, given) }
    }
    return nil
  }
}
