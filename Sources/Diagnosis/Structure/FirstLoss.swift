import Localization
import Numbers
import Trace

extension Rule {
  /// A first cross-entropy far above that of guessing.
  static let firstLoss = Rule(
    "first-loss", .structure, summary: { localized("a first cross-entropy far above that of guessing") },
    judge: { _ in FirstLoss() })
}

/// Compares the cross-entropy of a run's first step with ln C, that of a model that holds all C classes for equally likely.
///
/// It is judged from twice ln C, and ln C + ln 10, where the label is held for ten times less likely than by guessing. A loss
/// below ln C is not a fault: so begin models that were trained before, or that know how frequent classes are. Nor is one whose
/// logits are cosines times a scale: these do not depend on how large weights and inputs are.
private struct FirstLoss: Judge {
  private static let cosines: Set<String> = ["normalize", "cosine_similarity"]
  /// Of fewer labels the mean says little.
  private static let fewestLabels = 8

  func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard step.step == 1 else { return [] }
    return step.lossCalls(["cross_entropy", "nll_loss"]).compactMap { finding($0, step) }
  }

  private func finding(_ loss: LossCall, _ step: StepFacts) -> Finding? {
    let classes = loss.classCount
    guard loss.node.operation == "cross_entropy" || loss.made.operation == "log_softmax" else { return nil }
    // As many classes as samples: a contrastive loss, whose logits are similarities divided by a temperature.
    guard loss.hasLabels, classes > 1, loss.rowCount >= FirstLoss.fewestLabels,
      loss.given.shape != [classes, classes],
      let number = step.number(of: loss.node), !step.isSum(loss), !areCosines(loss.given, in: step.graph)
    else { return nil }
    let expected = classes.naturalLogarithm
    guard number > max(2 * expected, expected + 10.naturalLogarithm) else { return nil }
    let figure = StructureWords.figure(number)
    var evidence = [
      localized(
        "guessing among \(classes) classes gives a loss of ln \(classes) = \(StructureWords.figure(expected))"
      )
    ]
    if let value = step.value(of: loss.given) {
      evidence.append(localized("the logits are from \(StructureWords.range(value))"))
    }
    return Finding(
      rule: Rule.firstLoss.name, subject: loss.given.name, severity: .warning,
      what: localized("the first loss, \(figure), is far above that of guessing"), evidence: evidence,
      cause: localized(
        "An untrained model should find all classes about equally likely. Logits this large come from inputs or weights that are too large, and the first steps only undo that."
      ),
      remedy: [
        localized("Standardize the inputs: mean 0, deviation 1."),
        localized("Initialize the weights smaller, above all those of the last layer."),
      ], location: loss.made.location ?? loss.node.location, position: .end(of: step.step), view: .value)
  }

  /// Whether the last layer before a node multiplies vectors of length 1.
  private func areCosines(_ node: ComputationGraph.Node, in graph: ComputationGraph) -> Bool {
    var (waiting, seen) = ([node.id], Set<Int>())
    while let place = waiting.popLast() {
      guard graph.nodes.indices.contains(place), seen.insert(place).inserted else { continue }
      let node = graph.nodes[place]
      if FirstLoss.cosines.contains(node.operation) { return true }
      guard node.kind == .operation else { continue }
      let isLayer = Operators.weighted.contains(node.operation)
      waiting += isLayer ? node.inputs.filter { isOfLengthOne($0, in: graph) } : node.inputs
    }
    return false
  }

  private func isOfLengthOne(_ place: Int, in graph: ComputationGraph) -> Bool {
    graph.nodes.indices.contains(place) && FirstLoss.cosines.contains(graph.source(of: place).operation)
  }
}

extension StepFacts {
  /// Whether a cross-entropy is the sum of its samples' losses, as is known or as its size tells.
  ///
  /// The loss of a sample is at most the range of the logits and ln C, and so is a mean.
  func isSum(_ loss: LossCall) -> Bool {
    if let reduction = facts(of: loss.node.id)?.reduction { return reduction == .sum }
    guard let number = number(of: loss.node), loss.rowCount > 1, loss.classCount > 1 else { return false }
    let guess = loss.classCount.naturalLogarithm
    if let logits = value(of: loss.given) {
      return number > 1.01 * (Double(logits.maximum - logits.minimum) + guess)
    }
    return step == 1 && (0.5...2).contains(number / Double(loss.rowCount) / guess)
  }
}

extension Int {
  /// ln of a number above 0.
  var naturalLogarithm: Double {
    Logarithm.decimal(Double(self)) / Logarithm.decimal(2.718281828459045)
  }
}
