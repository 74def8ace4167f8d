import Localization
import Trace

extension Rule {
  /// Training steps in which dropout and batch norm behave as in evaluation.
  static let trainingInEvaluationMode = Rule(
    "training-in-evaluation-mode", .structure, summary: { localized("training in evaluation mode") },
    judge: { _ in TrainingInEvaluationMode() })
}

/// Looks for two steps in a row in which all modules that have modes are in evaluation mode.
///
/// Batch norms are often kept in evaluation mode on purpose, to fine-tune a model: that begins with the first step, and leaves
/// dropout alone. So models of only batch norms are judged after a step in training mode, and those with frozen parameters
/// not at all.
private struct TrainingInEvaluationMode: Judge {
  /// Whether a step was in training mode.
  private var wasInTrainingMode = false
  private var count = 0

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard let first = run.modulesWithModes.first else { return [] }
    let inEvaluation = Set(step.modulesInEvaluationMode)
    guard run.modulesWithModes.allSatisfy({ inEvaluation.contains($0.name) }) else {
      (wasInTrainingMode, count) = (true, 0)
      return []
    }
    count += 1
    let isTrainedWhole = run.parameters.allSatisfy { !$0.isListed || $0.requiresGradient && $0.isHeld }
    guard count >= 2, isTrainedWhole, wasInTrainingMode || run.modulesWithModes.contains(where: \.isDropout)
    else {
      return []
    }
    let names = StructureWords.modules(run.modulesWithModes.map(\.name), of: run)
    return [
      Finding(
        rule: Rule.trainingInEvaluationMode.name, subject: first.name, severity: .warning,
        what: localized("the model is trained in evaluation mode"),
        evidence: [
          wasInTrainingMode
            ? localized(
              "in training mode before, but in evaluation mode since step \(step.step - 1) or earlier: \(names)"
            )
            : localized("in evaluation mode from the first step on: \(names)")
        ],
        cause: localized(
          "Dropout drops nothing, and batch norm neither uses the batch nor learns from it."),
        remedy: [
          localized("Call model.train() before the loop over the batches of each epoch."),
          localized("After model.eval(), evaluation mode lasts until model.train() is called."),
        ], location: step.evaluationModeLocation ?? modelCall(in: step), position: .end(of: step.step))
    ]
  }

  private func modelCall(in step: StepFacts) -> String? {
    step.graph.nodes.first { $0.kind == .operation && $0.phase == .forward }?.location
  }
}
