import Localization
import Trace

extension Rule {
  /// A loss that compares each output with the targets of other samples.
  static let broadcastLoss = Rule(
    "broadcast-loss", .structure,
    summary: { localized("a loss whose output and target have different shapes") },
    judge: { _ in BroadcastLoss() })
}

/// Looks for losses that compare more pairs than there are outputs, and for a difference of a column and a row in a loss that
/// is written out.
///
/// Where all targets are the same number, as in a GAN, other pairs change nothing.
private struct BroadcastLoss: Judge {
  func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    let named = step.lossCalls(Operators.regressionLosses).compactMap { loss in
      loss.target.flatMap { finding(loss.node, loss.given, $0, step, run) }
    }
    return named + differences(in: step, of: run)
  }

  /// Differences of an output and of data, written out in a loss.
  private func differences(in step: StepFacts, of run: RunFacts) -> [Finding] {
    let nodes = step.graph.nodes
    let suspects = nodes.filter {
      $0.operation == "sub" && $0.kind == .operation && $0.phase == .loss && $0.inputs.count == 2
        && $0.inputs.allSatisfy(nodes.indices.contains)
        && isColumnAndRow(nodes[$0.inputs[0]].shape, nodes[$0.inputs[1]].shape)
    }
    guard !suspects.isEmpty else { return [] }
    let isTrained = step.graph.isComputed(from: Set(nodes.lazy.filter { $0.kind == .parameter }.map(\.id)))
    return suspects.compactMap { node in
      let (left, right) = (nodes[node.inputs[0]], nodes[node.inputs[1]])
      guard isTrained[left.id] != isTrained[right.id] else { return nil }
      return isTrained[left.id]
        ? finding(node, left, right, step, run) : finding(node, right, left, step, run)
    }
  }

  private func isColumnAndRow(_ one: [Int], _ other: [Int]) -> Bool {
    let (short, long) = one.count < other.count ? (one, other) : (other, one)
    return short.count == 1 && long.count == 2 && short[0] == long[0] && long[1] == 1
  }

  private func finding(
    _ node: ComputationGraph.Node, _ output: ComputationGraph.Node, _ target: ComputationGraph.Node,
    _ step: StepFacts, _ run: RunFacts
  ) -> Finding? {
    let (one, other) = (output.shape, target.shape)
    guard let pairs = pairCount(one, other), pairs > max(one.reduce(1, *), other.reduce(1, *)) else {
      return nil
    }
    if let value = step.value(of: target), value.minimum == value.maximum { return nil }
    return Finding(
      rule: Rule.broadcastLoss.name, subject: node.name, severity: .error,
      what: localized(
        "\(node.name) compares an output \(one.description) with a target \(other.description)"),
      evidence: [
        localized("that makes \(pairs) pairs of \(max(one.reduce(1, *), other.reduce(1, *))) numbers")
      ],
      cause: localized(
        "Each output is compared with the targets of all samples, so the model only learns their mean."),
      remedy: [
        Advice(run).words(
          localized("Give both the same shape: target.view_as(output), or output.squeeze(1)."),
          swift: localized("Give both the same shape: output.squeeze(dim: 1)."))
      ], location: node.location, position: .end(of: step.step), view: .value)
  }

  /// How many pairs two shapes make; nil where they do not broadcast.
  private func pairCount(_ one: [Int], _ other: [Int]) -> Int? {
    var count = 1
    for place in 1...max(one.count, other.count, 1) {
      let a = place <= one.count ? one[one.count - place] : 1
      let b = place <= other.count ? other[other.count - place] : 1
      guard a == b || a == 1 || b == 1 else { return nil }
      let (product, overflows) = count.multipliedReportingOverflow(by: max(a, b))
      guard !overflows else { return nil }
      count = product
    }
    return count
  }
}
