import Localization
import Numbers
import Trace

extension Rule {
  /// A model that is far worse in evaluation mode than in training mode on the same samples.
  static let modeGap = Rule(
    "mode-gap", .statistics,
    summary: { localized("a loss that is far worse in evaluation mode than in training mode") },
    thresholds: [
      Threshold("ratio", 2, source: localized("evaluation against training mode, on the same batch")),
      Threshold("loss", 0.1, source: localized("of the first loss: a smaller difference does no harm")),
      Threshold(
        "begin", 100,
        source: localized("the running statistics of batch norm follow by 10 % a step, and the weights move")),
      Threshold(
        "steps", 10,
        source: localized("at a high learning rate batch norm is behind for some steps, in sound runs too")),
    ], judge: { ModeGap(thresholds: $0) })
}

/// Counts the steps in succession in which the same batch has a far larger loss in evaluation mode. Dropout makes it smaller,
/// which does no harm.
private struct ModeGap: Judge {
  private let thresholds: ThresholdValues
  private var streaks = Streaks()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts, losses: LossCourse) -> [Finding] {
    guard Double(step.step) > thresholds["begin"], let train = step.loss,
      let evaluation = step.evaluationLoss, let start = losses.level.start
    else { return [] }
    let isGap =
      train > 0 && Double(evaluation) > thresholds["ratio"] * Double(train)
      && Double(evaluation - train) > thresholds["loss"] * start
    let names = streaks.extend(isGap ? [""] : [], to: thresholds["steps"])
    guard !names.isEmpty else { return [] }
    let norm = step.graph.nodes.first { $0.bareOperation == "batch_norm" }
    let (inTraining, inEvaluation) = (NumberText.loss(Double(train)), NumberText.loss(Double(evaluation)))
    var evidence = [
      localized("It was so in each of the last \(Int(thresholds["steps"])) steps checked.")
    ]
    if let count = step.batchCount { evidence.append(localized("A batch has \(count) samples.")) }
    return [
      Finding(
        rule: Rule.modeGap.name, subject: norm?.name, severity: .warning,
        what: localized(
          "the same batch has a loss of \(inTraining) in training mode and \(inEvaluation) in evaluation mode"
        ),
        evidence: evidence,
        cause: norm == nil
          ? localized("The model computes something else in evaluation mode than it was trained for.")
          : localized(
            "In evaluation mode, batch norm uses the means and variances of earlier batches, and here they do not fit."
          ),
        remedy: [
          localized("Use larger batches, or GroupNorm or LayerNorm in place of batch norm."),
          localized("Give batch norm its usual momentum, 0.1: a smaller one follows too slowly."),
          localized("Check that inputs are prepared the same way in training and in evaluation."),
        ], location: norm?.location ?? run.location, position: .end(of: step.step),
        view: norm == nil ? nil : .value)
    ]
  }
}
