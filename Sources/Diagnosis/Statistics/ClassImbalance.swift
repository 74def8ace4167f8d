import Localization
import Numbers
import Trace

extension Rule {
  /// A class that is not learned while the others are, most often because it is rare.
  static let classImbalance = Rule(
    "class-imbalance", .statistics,
    summary: { localized("a class that is not learned while the others are") },
    thresholds: [
      Threshold(
        "mispredicted", 0.7, source: localized("SageMaker Debugger, ClassImbalance: the share of a class")),
      Threshold(
        "samples", 500, source: localized("SageMaker Debugger: this many samples before it is judged")),
      Threshold("ratio", 10, source: localized("SageMaker Debugger: the largest class against the smallest")),
      Threshold("accuracy", 0.8, source: localized("of all samples: the other classes are learned")),
      Threshold(
        "times", 5, source: localized("a rare class is learned later than the others, in sound runs too")),
      Threshold(
        "classes", 100,
        source: localized("of very many classes, as the words of a language, some are always rare")),
    ], judge: { ClassImbalance(thresholds: $0) })
}

/// Judges each epoch; where nobody counts, as many samples of steps as are needed.
private struct ClassImbalance: Judge {
  private let thresholds: ThresholdValues
  private var tally: [EpochFacts.ClassCount] = []
  private var isCounted = false
  private var isLanguage = false
  private var loss: ComputationGraph.Node?
  private var streaks = Streaks()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    loss = step.lossNodes.first { $0.operation == "cross_entropy" || $0.operation == "nll_loss" } ?? loss
    isLanguage = isLanguage || step.graph.nodes.contains { $0.bareOperation == "embedding" }
    guard !isCounted, let targets = step.targets else { return [] }
    add(targets)
    guard Double(tally.reduce(0) { $0 + $1.samples }) >= thresholds["samples"] else { return [] }
    defer { tally = [] }
    return findings(tally, at: step.step, of: run)
  }

  mutating func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .epoch(let epoch) = fact, !epoch.classes.isEmpty else { return [] }
    isCounted = true
    return findings(epoch.classes, at: epoch.result.step, of: run)
  }

  private mutating func add(_ targets: TargetFacts) {
    guard targets.counts.count == targets.mispredicted.count else { return }
    if tally.count != targets.counts.count {
      tally = Array(
        repeating: EpochFacts.ClassCount(samples: 0, mispredicted: 0), count: targets.counts.count)
    }
    for place in tally.indices {
      tally[place].samples += targets.counts[place]
      tally[place].mispredicted += targets.mispredicted[place]
    }
  }

  private mutating func findings(_ classes: [EpochFacts.ClassCount], at step: Int, of run: RunFacts)
    -> [Finding]
  {
    guard !isLanguage, Double(classes.count) <= thresholds["classes"] else { return [] }
    let samples = classes.reduce(0) { $0 + $1.samples }
    let wrong = classes.reduce(0) { $0 + $1.mispredicted }
    let isLearned = Double(samples - wrong) >= thresholds["accuracy"] * Double(samples)
    let missed = classes.indices.filter {
      classes[$0].samples >= 5
        && Double(classes[$0].mispredicted) > thresholds["mispredicted"] * Double(classes[$0].samples)
    }
    let names = streaks.extend(isLearned ? missed.map(String.init) : [], to: thresholds["times"])
    return names.compactMap(Int.init).map { finding($0, of: classes, at: step, run) }
  }

  private func finding(
    _ place: Int, of classes: [EpochFacts.ClassCount], at step: Int, _ run: RunFacts
  ) -> Finding {
    let (counts, name) = (classes[place], run.className(place))
    let advice = Advice(run)
    let weighted = advice.words("CrossEntropyLoss(weight=…)", swift: "CrossEntropyLoss(weight: …)")
    let largest = classes.map(\.samples).max() ?? 0
    let isRare = Double(largest) > thresholds["ratio"] * Double(counts.samples)
    let share = NumberText.percent(Double(counts.mispredicted) / Double(counts.samples))
    return Finding(
      rule: Rule.classImbalance.name, subject: name, severity: .warning,
      what: localized("class \(name) is not learned: \(share) of its samples are predicted as other classes"),
      evidence: [
        localized(
          "\(counts.mispredicted) of \(counts.samples) samples of class \(name) are mispredicted; the largest class has \(largest) samples."
        )
      ],
      cause: isRare
        ? localized("The loss is a mean over samples, so a rare class hardly counts in it.")
        : localized(
          "The other classes are learned, so the fault is most likely in the samples or labels of this one."),
      remedy: ([localized("Check the labels of some samples of class \(name).")]
        + advice.ofPrograms(
          localized(
            "Weight the classes in the loss: \(weighted), with larger numbers for rare classes."),
          localized("Draw rare classes more often.")))
        .rotated(isRare), location: loss?.location ?? run.location, position: .end(of: step))
  }
}

extension [String] {
  /// The same with the first at the end, where it is to be so.
  fileprivate func rotated(_ isRotated: Bool) -> [String] {
    isRotated ? Array(dropFirst() + prefix(1)) : self
  }
}
