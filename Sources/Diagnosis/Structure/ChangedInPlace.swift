import Localization
import Trace

extension Rule {
  /// A tensor that backward needs was changed after it was used.
  static let changedInPlace = Rule(
    "changed-in-place", .structure, summary: { localized("a change in place of what backward needs") },
    judge: { _ in ChangedInPlace() })
}

/// Looks at the error that backward ends with.
private struct ChangedInPlace: Judge {
  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .failure(let failure) = fact, failure.kind == .changedInPlace else { return [] }
    return [
      Finding(
        rule: Rule.changedInPlace.name, subject: failure.node, severity: .error,
        what: failure.node.map { localized("a value that backward of \($0) needs was changed in place") }
          ?? localized("a value that backward needs was changed in place"),
        evidence: [StructureWords.error(failure.message)],
        cause: localized("With the new value the derivative would be wrong, so backward raises an error."),
        remedy: [
          localized("Compute a new tensor: x = x + y in place of x += y, relu(x) in place of relu_(x)."),
          localized("Or change a copy, x.clone(), or change it after backward()."),
          localized("If it is a parameter, call optimizer.step() after all backward passes through it."),
        ], location: failure.origin ?? failure.location, position: failure.position, view: .value)
    ]
  }
}
