import Localization
import Trace

extension Rule {
  /// Saved weights of which none has a name that the model has.
  static let nothingLoaded = Rule(
    "nothing-loaded", .structure, summary: { localized("saved weights of which none was loaded") },
    judge: { _ in NothingLoaded() })
}

/// Looks for loads that are not strict, and that have changed nothing.
private struct NothingLoaded: Judge {
  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .run(let run) = fact else { return [] }
    return run.misuses.compactMap { one in
      guard one.kind == .nothingLoaded else { return nil }
      let (own, saved) = (one.words.first ?? "", one.words.dropFirst().first ?? "")
      return Finding(
        rule: Rule.nothingLoaded.name, subject: one.name, severity: .error,
        what: localized("load_state_dict has loaded nothing into \(one.name)"),
        evidence: [
          localized("names that the model does not have: \(one.count), the first of them \(saved)"),
          localized("the model has \(own), for example"),
        ],
        cause: localized("With strict=False names that do not fit are left out, so the weights are random."),
        remedy: [
          localized(
            "Rename the saved weights: remove the prefix that the other names do not have, such as module."),
          localized("Load with strict=True, or look at what load_state_dict returns."),
        ], location: one.location, position: .start)
    }
  }
}
