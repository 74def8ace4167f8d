import Localization
import Trace

extension Rule {
  /// An evaluation in which dropout or batch norm behave as in training.
  static let evaluationInTrainingMode = Rule(
    "evaluation-in-training-mode", .structure, summary: { localized("an evaluation in training mode") },
    judge: { _ in EvaluationInTrainingMode() })
}

/// Looks for modules in training mode while data go through the model outside training.
private struct EvaluationInTrainingMode: Judge {
  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .evaluation(let evaluation) = fact, let first = evaluation.modulesInTrainingMode.first else {
      return []
    }
    let names = StructureWords.modules(evaluation.modulesInTrainingMode, of: run)
    return [
      Finding(
        rule: Rule.evaluationInTrainingMode.name, subject: first, severity: .warning,
        what: localized("the model is evaluated in training mode"),
        evidence: [
          localized("in training mode in the evaluation after step \(evaluation.step): \(names)")
        ],
        cause: localized(
          "Dropout leaves out units, and batch norm uses the batch and learns from it: results vary and are worse."
        ),
        remedy: [localized("Call model.eval() before the evaluation, and model.train() after it.")],
        location: evaluation.location ?? run.location, position: .end(of: evaluation.step))
    ]
  }
}
