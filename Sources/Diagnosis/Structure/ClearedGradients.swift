import Localization
import Trace

extension Rule {
  /// Gradients that are set to zero before the optimizer has used them.
  static let clearedGradients = Rule(
    "cleared-gradients", .structure,
    summary: { localized("gradients that are set to zero between backward and the optimizer's step") },
    judge: { _ in ClearedGradients() })
}

/// Looks for steps in which the optimizer's gradients were set to zero after the last backward pass.
private struct ClearedGradients: Judge {
  /// How many steps in a row found none.
  private var count = 0

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard let calls = step.calls, calls.optimizerSteps > 0 else { return [] }
    count = calls.clearsBeforeStep && !calls.backwards.isEmpty ? count + 1 : 0
    guard count >= 2 else { return [] }
    let call = Advice(run).words("zero_grad()", swift: "zeroGrad()")
    return [
      Finding(
        rule: Rule.clearedGradients.name, severity: .error,
        what: localized("gradients are set to zero after backward, before the optimizer's step"),
        evidence: [localized("this was so in the last \(count) steps looked at")],
        cause: localized("The optimizer finds no gradients, so nothing is trained."),
        remedy: [localized("Call \(call) before backward() or after step().")],
        location: calls.zeroGradLocation ?? calls.optimizerLocation, position: .end(of: step.step))
    ]
  }
}
