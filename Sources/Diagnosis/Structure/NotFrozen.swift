import Localization
import Trace

extension Rule {
  /// An attribute without an effect that was set to freeze parameters.
  static let notFrozen = Rule(
    "not-frozen", .structure,
    summary: { localized("an attribute that was to freeze parameters, and that does not") },
    judge: { _ in NotFrozen() })
}

/// Looks for parameters that are trained though such an attribute was set of them or of their module.
private struct NotFrozen: Judge {
  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .run(let run) = fact else { return [] }
    return run.misuses.compactMap { one in
      guard one.kind == .flagWithoutEffect else { return nil }
      return Finding(
        rule: Rule.notFrozen.name, subject: one.name, severity: .error,
        what: localized("\(one.name) is trained, though its \(one.words.first ?? "") was set to False"),
        evidence: [
          localized("tensors that still require a gradient and that the optimizer holds: \(one.count)")
        ],
        cause: localized(
          "Only tensors have requires_grad: as an attribute of a module, or spelled otherwise, it is a new name that nobody reads."
        ),
        remedy: [
          localized(
            "Call module.requires_grad_(False), or set p.requires_grad = False of each of its parameters.")
        ], location: one.location, position: .start)
    }
  }
}
