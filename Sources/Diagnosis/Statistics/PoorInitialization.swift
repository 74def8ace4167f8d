import Foundation
import Localization
import Numbers
import Trace

extension Rule {
  /// Weights that make the numbers of a layer much larger or smaller than those of the layer before.
  static let poorInitialization = Rule(
    "poor-initialization", .statistics,
    summary: { localized("initial weights that make values grow or shrink from layer to layer") },
    thresholds: [
      Threshold(
        "growth", 10,
        source: localized("SageMaker Debugger, PoorWeightInitialization: variance against the layer before")),
      Threshold(
        "shrink", 100,
        source: localized("PyTorch's default shrinks by 6 at each ReLU, in narrow layers by up to 30")),
      Threshold(
        "begin", 3,
        source: localized("training has changed the weights after that; SageMaker Debugger takes 10")),
      Threshold(
        "loss", 2,
        source: localized("of ln C in the first step: of weights that were trained before, it is less")),
      Threshold("steps", 3, source: localized("one batch may be unlike the others")),
    ], judge: { PoorInitialization(thresholds: $0) })
}

/// Compares the outputs of linear and convolution layers that only activations are between.
private struct PoorInitialization: Judge {
  private static let layers: Set<String> = [
    "linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "addmm",
  ]
  private static let between = ActivationNames.all.union(["dropout"])
  private struct Pair {
    var first: ComputationGraph.Node
    var second: ComputationGraph.Node
    var ratio: Double
  }

  private let thresholds: ThresholdValues
  private var streaks = Streaks()
  private var once = Once()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard Double(step.step) <= thresholds["begin"] else { return [] }
    let growth = isFarFromGuessing(step) ? thresholds["growth"] : 10 * thresholds["growth"]
    let pairs = pairs(in: step).filter { $0.ratio > growth || $0.ratio * thresholds["shrink"] < 1 }
    let names = streaks.extend(pairs.map(\.second.name), to: thresholds["steps"])
    guard let name = names.first, let pair = pairs.first(where: { $0.second.name == name }),
      once.tells(at: step.step)
    else { return [] }
    return [finding(pair, in: step, of: run)]
  }

  /// Whether the loss shows that the outputs are too large; where targets are not classes it does not tell.
  private func isFarFromGuessing(_ step: StepFacts) -> Bool {
    guard let count = step.targets?.classCount, count > 1, let loss = step.loss else { return false }
    return Double(loss) > thresholds["loss"] * Foundation.log(Double(count))
  }

  /// Each layer with the one before it, and how many times the second's mean square is that of the first. The second's bias
  /// is left out: behind a narrow layer it is large by PyTorch's default. What is exactly 0 was made so on purpose.
  private func pairs(in step: StepFacts) -> [Pair] {
    let graph = step.graph
    let reading = GraphReading(graph)
    return graph.nodes.compactMap { node -> Pair? in
      guard node.phase == .forward, PoorInitialization.layers.contains(node.bareOperation),
        let before = layer(before: node, in: graph), let first = square(of: before, in: step),
        let second = square(of: node, in: step)
      else { return nil }
      let weights = second - bias(of: node, in: step)
      let ratio = weights / first
      // The last layer may be small, so that no class is preferred at first.
      if ratio < 1 && (!reading.leadsToWeights(node) || weights < 0.05 * second) { return nil }
      return Pair(first: before, second: node, ratio: ratio)
    }
  }

  private func layer(before node: ComputationGraph.Node, in graph: ComputationGraph) -> ComputationGraph.Node?
  {
    var place = node.inputs.first
    while let current = place, graph.nodes.indices.contains(current) {
      let node = graph.nodes[current]
      let operation = node.bareOperation
      if PoorInitialization.layers.contains(operation) { return node }
      guard PoorInitialization.between.contains(operation) || GraphReading.views.contains(operation) else {
        return nil
      }
      place = node.inputs.first.flatMap { $0 < current ? $0 : nil }
    }
    return nil
  }

  /// The mean of the squares; nil where it is 0 or not known.
  private func square(of node: ComputationGraph.Node, in step: StepFacts) -> Double? {
    guard let value = step.facts(of: node.id)?.value, value.mean.isFinite, value.deviation > 0 else {
      return nil
    }
    return Double(value.mean) * Double(value.mean) + Double(value.deviation) * Double(value.deviation)
  }

  private func bias(of node: ComputationGraph.Node, in step: StepFacts) -> Double {
    for input in node.inputs where step.graph.nodes.indices.contains(input) {
      let leaf = step.graph.nodes[input]
      guard leaf.kind == .parameter, leaf.shape.count == 1, let count = leaf.shape.first, count > 0,
        let facts = step.parameters.first(where: { $0.name == leaf.name })
      else { continue }
      return Double(facts.norm) * Double(facts.norm) / Double(count)
    }
    return 0
  }

  private func finding(_ pair: Pair, in step: StepFacts, of run: RunFacts) -> Finding {
    let advice = Advice(run)
    let grows = pair.ratio > 1
    let factor = NumberText.brief(grows ? pair.ratio : 1 / pair.ratio)
    let (first, second) = (pair.first.name, pair.second.name)
    let deviations = [pair.first, pair.second].map {
      Advice.figure(step.facts(of: $0.id)?.value?.deviation ?? 0)
    }
    return Finding(
      rule: Rule.poorInitialization.name, subject: second, severity: .warning,
      what: grows
        ? localized(
          "the weights of \(second) are initialized too large: its variance is \(factor) times that of \(first)"
        )
        : localized(
          "the weights of \(second) are initialized too small: its variance is 1/\(factor) of that of \(first)"
        ),
      evidence: [
        localized(
          "The deviation of \(first) is \(deviations[0]), that of \(second) \(deviations[1]), in step \(step.step)."
        )
      ],
      cause: grows
        ? localized(
          "Values that grow from layer to layer saturate activations and make the gradient explode.")
        : localized(
          "Values that shrink from layer to layer are alike for all samples, and the gradient vanishes."),
      remedy: [advice.initialize]
        + advice.ofPrograms(localized("Leave the weights as Linear and Conv2d initialize them."))
        + advice.normalize,
      location: pair.second.location, position: .end(of: step.step), view: .value)
  }
}
