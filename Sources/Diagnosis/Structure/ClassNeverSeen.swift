import Localization
import Trace

extension Rule {
  /// An output for a class that no training sample has.
  static let classNeverSeen = Rule(
    "class-never-seen", .structure, summary: { localized("an output class that no training sample has") },
    judge: { _ in ClassNeverSeen() })
}

/// Compares the classes of the output with the labels of all training samples, or of a whole epoch.
///
/// Only classifiers of one label a sample are judged: in sequences some symbols are never predicted, such as the one at the
/// start. Above 1,000 classes, as many as ImageNet has, and with fewer than ten samples a class, it is usual that some are
/// missing.
private struct ClassNeverSeen: Judge {
  private static let mostClasses = 1000
  private static let fewestSamples = 10
  /// The loss over labels that a step has, if it has one.
  private var loss: LossCall?
  /// The labels of the steps of this epoch that were looked at, and how many steps these were.
  private var seen: (counts: [Int], steps: Int) = ([], 0)

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    if loss == nil { loss = ClassNeverSeen.loss(of: step) }
    add(step.targets?.counts ?? [])
    return finding(run.classCounts, .end(of: step.step), run)
  }

  mutating func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .epoch(let epoch) = fact else { return [] }
    defer { seen = ([], 0) }
    var counts = epoch.classes.map(\.samples)
    if counts.isEmpty, seen.steps == run.stepsPerEpoch { counts = seen.counts }
    return finding(counts, .end(of: epoch.result.step), run)
  }

  private mutating func add(_ counts: [Int]) {
    seen.steps += 1
    seen.counts += [Int](repeating: 0, count: max(0, counts.count - seen.counts.count))
    for (label, count) in counts.enumerated() { seen.counts[label] += count }
  }

  private static func loss(of step: StepFacts) -> LossCall? {
    let losses = step.lossCalls(["cross_entropy", "nll_loss"])
    guard losses.count == 1, losses[0].hasLabels, losses[0].given.shape.count == 2,
      step.graph.source(of: losses[0].given.id).shape.count == 2,
      !step.graph.nodes.contains(where: { $0.operation == "embedding" })
    else { return nil }
    return losses[0]
  }

  private func finding(_ counts: [Int], _ position: Position, _ run: RunFacts) -> [Finding] {
    let samples = counts.reduce(0, +)
    guard let loss, case let classes = loss.classCount, (2...ClassNeverSeen.mostClasses).contains(classes),
      samples >= ClassNeverSeen.fewestSamples * classes
    else { return [] }
    let missing = (0..<classes).filter { $0 >= counts.count || counts[$0] == 0 }
    guard !missing.isEmpty else { return [] }
    let names = StructureWords.names(missing.map { name(of: $0, run) })
    let countsFromOne = missing == [0]
    return [
      Finding(
        rule: Rule.classNeverSeen.name, subject: loss.given.name, severity: countsFromOne ? .warning : .note,
        what: countsFromOne
          ? localized("labels seem to count from 1: no sample has class \(names)")
          : localized("of \(classes) output classes, no training sample has class \(names)"),
        evidence: [localized("the labels of \(samples) samples were counted")],
        cause: localized("The model learns never to predict a class that it never sees."),
        remedy: countsFromOne
          ? [localized("Use y - 1, and one output fewer.")]
          : [
            localized("Check whether samples are missing: was the training part cut from sorted data?"),
            localized("Or give the last layer as many outputs as there are classes."),
          ], location: loss.made.location ?? loss.node.location, position: position, view: .value)
    ]
  }

  private func name(of label: Int, _ run: RunFacts) -> String {
    run.classNames.indices.contains(label) ? "\(label) (\(run.classNames[label]))" : "\(label)"
  }
}
