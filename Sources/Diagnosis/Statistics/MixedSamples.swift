import Localization
import Trace

extension Rule {
  /// An output that depends on the input of another sample.
  static let mixedSamples = Rule(
    "mixed-samples", .statistics, summary: { localized("samples of a batch that influence each other") },
    judge: { _ in MixedSamples() })
}

/// Reports what the source found, but where a model mixes samples on purpose.
private struct MixedSamples: Judge {
  /// Batch norm does, and what works on sequences may have the time in the first dimension.
  private static let mixing: Set<String> = [
    "batch_norm", "lstm", "gru", "rnn_tanh", "rnn_relu", "scaled_dot_product_attention",
    "multi_head_attention_forward", "embedding_bag", "scatter_add", "index_add", "spmm", "sparse_mm",
  ]
  /// The products with which one compares samples, or sends numbers along the edges of a graph.
  private static let products: Set<String> = ["matmul", "mm", "bmm", "einsum", "cdist", "addmm", "baddbmm"]

  func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard let mixed = step.mixed else { return [] }
    let node = mixed.node.flatMap(step.graph.node(named:))
    guard !step.graph.nodes.contains(where: { MixedSamples.mixing.contains($0.bareOperation) }),
      !(node.map { MixedSamples.products.contains($0.bareOperation) } ?? false)
    else { return [] }
    var evidence = [
      localized(
        "The input of sample \(mixed.input) was changed, and the output of sample \(mixed.output) changed with it."
      )
    ]
    if let node { evidence.append(localized("It shows first in \(step.graph.call(of: node)).")) }
    return [
      Finding(
        rule: Rule.mixedSamples.name, subject: mixed.node, severity: .warning,
        what: localized("the output of sample \(mixed.output) depends on the input of sample \(mixed.input)"),
        evidence: evidence,
        cause: localized(
          "The first dimension of a tensor numbers the samples, but an operation treats it as another one."),
        remedy: [
          localized(
            "Swap dimensions with permute or transpose: view and reshape keep the order of the numbers, which mixes samples."
          ),
          localized("Give softmax, mean, sum and norm the right dimension: dim=1 or dim=-1, not dim=0."),
        ], location: node?.location ?? run.location, position: .end(of: step.step), view: .value)
    ]
  }
}
