import Localization
import Trace

extension Rule {
  /// A label that is not one of the output's classes.
  static let labelOutOfRange = Rule(
    "label-out-of-range", .structure,
    summary: { localized("a label that is not one of the output's classes") },
    judge: { _ in LabelOutOfRange() })
}

/// Looks at the error that a loss ends with: without one, labels out of range are those that it is told to ignore.
private struct LabelOutOfRange: Judge {
  /// How many classes the output of the last step had.
  private var classCount: Int?

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    if classCount == nil {
      classCount = step.lossCalls(["cross_entropy", "nll_loss"]).first { $0.hasLabels }?.classCount
    }
    return []
  }

  func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .failure(let failure) = fact, failure.kind == .labelOutOfRange else { return [] }
    let label = failure.label ?? LabelOutOfRange.label(in: failure.message)
    let classes = failure.classCount ?? classCount
    var what = localized("a label is not one of the output's classes")
    if let label, let classes {
      what = localized("label \(label) is not one of the output's classes, 0 to \(classes - 1)")
    } else if let label {
      what = localized("label \(label) is not one of the output's classes")
    }
    var remedy = [
      localized("Give the last layer as many outputs as there are classes: the largest label + 1."),
      localized("If labels count from 1, use y - 1."),
    ]
    if let label, label == classes { remedy.swapAt(0, 1) }
    if let label, label < 0 {
      let ignored = Advice(run).words("ignore_index=\(label)", swift: "ignoreIndex: \(label)")
      remedy = [localized("Leave out the samples without a label, or tell the loss: \(ignored).")]
    }
    return [
      Finding(
        rule: Rule.labelOutOfRange.name, subject: failure.node, severity: .error, what: what,
        evidence: [StructureWords.error(failure.message)],
        cause: localized("A label is the number of an output, from 0; the loss has no output for this one."),
        remedy: remedy, location: failure.location, position: failure.position, view: .value)
    ]
  }

  /// The label in PyTorch's words, `Target 10 is out of bounds.`
  private static func label(in message: String) -> Int? {
    message.firstMatch(of: /Target (-?\d+) is out of bounds/).flatMap { Int($0.1) }
  }
}
