import Localization
import Trace

extension Rule {
  /// Gradients that are never set to zero, so that each step adds to those before.
  static let keptGradients = Rule(
    "kept-gradients", .structure, summary: { localized("gradients that are not set to zero between steps") },
    judge: { _ in KeptGradients() })
}

/// Looks for steps without a call that sets gradients to zero, in which the optimizer uses what earlier steps left.
///
/// Accumulation adds up the gradients of several backward passes too, but sets them to zero after each step.
private struct KeptGradients: Judge {
  /// How many steps in a row kept old gradients: one alone may be a step that was left out on purpose.
  private var count = 0

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard let calls = step.calls, calls.optimizerSteps > 0 else { return [] }
    let held = Set(run.parameters.lazy.filter(\.isHeld).map(\.name))
    let kept = step.parameters.filter { $0.keepsOldGradient && (held.isEmpty || held.contains($0.name)) }
    count = calls.zeroGrads == 0 && !calls.backwards.isEmpty && !kept.isEmpty ? count + 1 : 0
    guard count >= 2, let first = kept.first else { return [] }
    var evidence = [localized("no call set gradients to zero in the steps up to \(step.step)")]
    if let norm = first.gradientNorm {
      evidence.append(
        localized(
          "the gradient of \(first.name), of norm \(StructureWords.figure(Double(norm))), holds what earlier steps left"
        ))
    }
    let advice = Advice(run)
    let call = advice.words("optimizer.zero_grad()", swift: "optimizer.zeroGrad()")
    return [
      Finding(
        rule: Rule.keptGradients.name, subject: first.name, severity: .error,
        what: localized("gradients are not set to zero: each step adds to those before"), evidence: evidence,
        cause: localized(
          "The optimizer follows the sum of all gradients so far, so steps grow and point where the loss used to fall."
        ),
        remedy: [
          advice.words(
            localized("Call \(call) in each step before backward()."),
            option: localized("Type :zero-grad on."))
        ], location: calls.backwards.last?.location ?? calls.optimizerLocation, position: .end(of: step.step),
        view: .gradient)
    ]
  }
}
