import Localization
import Trace

extension Rule {
  /// Optimizer steps for which no gradient was computed.
  static let stepWithoutBackward = Rule(
    "step-without-backward", .structure, summary: { localized("optimizer steps without a backward pass") },
    judge: { _ in StepWithoutBackward() })
}

/// Looks for steps without a backward pass, in which the optimizer finds no gradients, or old ones.
///
/// Gradients that a program computes or sets itself are neither.
private struct StepWithoutBackward: Judge {
  /// How many steps in a row had none: one alone may prepare a schedule.
  private var count = 0

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard let calls = step.calls, calls.optimizerSteps > 0 else { return [] }
    let held = Set(run.parameters.lazy.filter(\.isHeld).map(\.name))
    let parameters = step.parameters.filter { held.isEmpty || held.contains($0.name) }
    let hasNone = parameters.allSatisfy { ($0.gradientNorm ?? 0) == 0 || $0.keepsOldGradient }
    count = calls.backwards.isEmpty && !parameters.isEmpty && hasNone ? count + 1 : 0
    guard count >= 2 else { return [] }
    let isOld = parameters.contains { $0.keepsOldGradient }
    return [
      Finding(
        rule: Rule.stepWithoutBackward.name, severity: .error,
        what: localized("the optimizer steps without a backward pass"),
        evidence: [
          isOld
            ? localized("parameters whose gradient is from an earlier step: \(parameters.count)")
            : localized("parameters without a gradient: \(parameters.count)")
        ],
        cause: localized("Without gradients the optimizer changes nothing; with old ones it repeats a step."),
        remedy: [localized("Call loss.backward() before optimizer.step().")],
        location: calls.optimizerLocation ?? run.optimizerLocation, position: .end(of: step.step))
    ]
  }
}
