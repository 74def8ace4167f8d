import Localization
import Trace

extension Rule {
  /// An optimizer that makes no step in the whole run.
  static let neverStepped = Rule(
    "never-stepped", .structure, summary: { localized("an optimizer that makes no step") },
    judge: { _ in NeverStepped() })
}

/// Looks for backward passes with an optimizer that is never used.
private struct NeverStepped: Judge {
  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .run(let run) = fact else { return [] }
    return run.misuses.compactMap { one in
      guard one.kind == .neverStepped else { return nil }
      return Finding(
        rule: Rule.neverStepped.name, severity: .error,
        what: localized("\(one.name) was made, and never makes a step"),
        evidence: [localized("backward ran \(one.count) times, and no parameter changed")],
        cause: localized(
          "Backward only computes gradients; the optimizer's step changes the parameters by them."),
        remedy: [
          localized("Call optimizer.step() after loss.backward(); scheduler.step() does not do that.")
        ],
        location: one.location, position: .start)
    }
  }
}
