import Localization
import Trace

extension Rule {
  /// A loss that applies softmax or sigmoid itself is given what one of them made.
  static let softmaxTwice = Rule(
    "softmax-twice", .structure,
    summary: { localized("softmax or sigmoid before a loss that applies it itself") },
    judge: { _ in SoftmaxTwice() })
}

/// Looks for the function in what the loss is given: by its name, or else by rows of probabilities in several steps.
///
/// Log-softmax before cross-entropy changes nothing: applied twice it is the same.
private struct SoftmaxTwice: Judge {
  /// The functions after which a loss that applies one itself gets no logits.
  private static let functions: Set<String> = ["softmax", "sigmoid", "gumbel_softmax"]
  /// Logits can be positive with a sum of 1 in every row by chance, but not step after step.
  private static let steps = 3
  /// In how many steps in a row a loss was given rows of probabilities.
  private var counts: [String: Int] = [:]

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    var found: [Finding] = []
    for call in step.lossCalls {
      guard let loss = softmaxLoss(of: call, step.graph) else { continue }
      if SoftmaxTwice.functions.contains(loss.made.operation), loss.made.kind == .operation {
        found.append(
          finding(
            loss, StructureWords.source(of: loss),
            localized("Give the loss the logits: leave out \(loss.made.operation)."), step))
        continue
      }
      let isProbability = step.facts(of: loss.given.id)?.hasRowsOfProbabilities == true
      counts[loss.node.name] =
        isProbability && loss.classCount > 1 ? counts[loss.node.name, default: 0] + 1 : 0
      guard counts[loss.node.name, default: 0] >= SoftmaxTwice.steps else { continue }
      found.append(
        finding(
          loss,
          localized(
            "in \(SoftmaxTwice.steps) steps each row of \(loss.given.name) had numbers from 0 to 1 that sum to 1"
          ),
          localized("Give the loss the logits: what comes before the softmax."), step))
    }
    return found
  }

  /// A loss that applies softmax or sigmoid itself, or the log-softmax before one, which together with it is cross-entropy; nil
  /// of other losses.
  private func softmaxLoss(of loss: LossCall, _ graph: ComputationGraph) -> LossCall? {
    switch loss.node.operation {
    case "cross_entropy", "binary_cross_entropy_with_logits": return loss
    case "nll_loss", "kl_div":
      guard loss.made.operation == "log_softmax", let input = loss.made.inputs.first,
        graph.nodes.indices.contains(input)
      else { return nil }
      return LossCall(
        node: loss.made, given: graph.nodes[input], made: graph.source(of: input), target: nil)
    default: return nil
    }
  }

  private func finding(
    _ loss: LossCall, _ evidence: String, _ remedy: String, _ step: StepFacts
  ) -> Finding {
    let own = loss.node.operation == "binary_cross_entropy_with_logits" ? "sigmoid" : "softmax"
    var remedies = [remedy]
    if own == "sigmoid" {
      remedies.append(localized("Or use binary_cross_entropy, which takes probabilities."))
    } else if loss.made.operation == own, loss.node.operation == "cross_entropy" {
      remedies.append(localized("Or use log_softmax and nll_loss in place of softmax and cross_entropy."))
    }
    return Finding(
      rule: Rule.softmaxTwice.name, subject: loss.made.name, severity: .error,
      what: localized(
        "\(loss.node.operation) applies \(own) itself, but is given the probabilities of \(loss.made.name)"),
      evidence: [evidence],
      cause: localized("Applied twice, the function makes all classes nearly alike, and gradients small."),
      remedy: remedies, location: loss.made.location ?? loss.node.location,
      position: .end(of: step.step), view: .value)
  }
}
