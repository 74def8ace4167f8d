import Localization
import Trace

extension Rule {
  /// Batches of one class each, class after class.
  static let sortedBatches = Rule(
    "sorted-batches", .structure,
    summary: { localized("batches of one class each: data that are not shuffled") },
    judge: { _ in SortedBatches() })
}

/// Looks for batches of one class, of at least two classes in a few steps.
///
/// A batch of the one frequent class may come by chance, but not one of another as well. With two classes it may be on purpose,
/// as real and generated samples come in batches of their own.
private struct SortedBatches: Judge {
  private static let fewestSamples = 8
  private static let fewestSteps = 4
  private static let share = 0.75
  private var labels: Set<Int> = []
  private var pure = 0
  private var mixed = 0

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard let targets = step.targets, targets.areClasses,
      targets.shape.count == 1, targets.classCount ?? 0 > 2,
      targets.counts.reduce(0, +) >= SortedBatches.fewestSamples,
      step.lossCalls.count == 1
    else { return [] }
    let present = targets.counts.indices.filter { targets.counts[$0] > 0 }
    if present.count == 1 { pure += 1 } else { mixed += 1 }
    if present.count == 1 { labels.insert(present[0]) }
    guard labels.count > 1, pure + mixed >= SortedBatches.fewestSteps,
      Double(pure) >= SortedBatches.share * Double(pure + mixed)
    else { return [] }
    let loader = Advice(run).words("DataLoader(…, shuffle=True)", swift: "DataLoader(…, shuffle: true)")
    return [
      Finding(
        rule: Rule.sortedBatches.name, severity: .warning,
        what: localized("each batch has samples of one class only: the data are not shuffled"),
        evidence: [
          localized(
            "\(pure) of the \(pure + mixed) batches looked at have samples of one class only, and not all of the same class"
          )
        ],
        cause: localized("Each step learns the class of its batch and forgets the others."),
        remedy: [localized("Shuffle the data: \(loader).")],
        location: run.loaderLocation ?? run.location, position: .end(of: step.step))
    ]
  }
}
