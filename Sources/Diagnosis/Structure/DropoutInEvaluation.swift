import Localization
import Trace

extension Rule {
  /// Dropout by a function that is not told the mode.
  static let dropoutInEvaluation = Rule(
    "dropout-in-evaluation", .structure, summary: { localized("dropout that stays on in evaluation mode") },
    judge: { _ in DropoutInEvaluation() })
}

/// Looks for a module in evaluation mode that drops units without gradients.
private struct DropoutInEvaluation: Judge {
  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .run(let run) = fact else { return [] }
    return run.misuses.compactMap { one in
      guard one.kind == .dropoutInEvaluation else { return nil }
      return Finding(
        rule: Rule.dropoutInEvaluation.name, subject: one.name, severity: .warning,
        what: localized("\(one.name) drops units in evaluation mode too"),
        evidence: [
          localized(
            "the function was called without training=, or by a layer that forward makes, while the module was in evaluation mode"
          )
        ],
        cause: localized(
          "Unless it is told, dropout as a function is always on: results vary and are worse."),
        remedy: [
          localized(
            "Write F.dropout(x, p, training=self.training), or make nn.Dropout in __init__ and call it."),
          localized("If this is on purpose, write training=True."),
        ], location: one.location, position: .start)
    }
  }
}
