import Localization
import Trace

extension Rule {
  /// Gradients that are clipped before there are any.
  static let clippedTooEarly = Rule(
    "clipped-too-early", .structure,
    summary: { localized("gradients that are clipped before backward, or after the step") },
    judge: { _ in ClippedTooEarly() })
}

/// Looks for steps in which gradients are clipped, and not between backward and the optimizer's step.
///
/// Of several optimizers one may clip what the backward of another has computed.
private struct ClippedTooEarly: Judge {
  private static let steps = 3
  private var count = 0

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard let calls = step.calls, calls.optimizerSteps > 0,
      run.optimizerCount ?? 1 == 1
    else { return [] }
    count =
      calls.clipsBeforeBackward > 0 && calls.clipsAfterBackward == 0 && !calls.backwards.isEmpty
      ? count + 1 : 0
    guard count >= ClippedTooEarly.steps else { return [] }
    return [
      Finding(
        rule: Rule.clippedTooEarly.name, severity: .warning,
        what: localized(
          "gradients are clipped before backward computes them, or after the step has used them"),
        evidence: [
          localized(
            "in \(ClippedTooEarly.steps) steps they were clipped, and never between backward and step")
        ],
        cause: localized("The step uses gradients as backward has left them, however large they are."),
        remedy: [localized("Clip between loss.backward() and optimizer.step().")],
        location: calls.clipLocation, position: .end(of: step.step))
    ]
  }
}
