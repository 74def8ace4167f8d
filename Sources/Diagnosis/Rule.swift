import Trace

/// A rule of diagnosis: what it looks for, with which thresholds, and how it is judged.
///
/// A rule is one file: its value, and the ``Judge`` that holds what it remembers of a run. It reads facts alone, so it
/// judges live runs, replays, recordings and scripts alike. ``Rule/all`` lists them.
package struct Rule: Sendable {
  /// When a rule can be judged.
  package enum Timing: Sendable, Equatable {
    /// By what the step is made of, from the first one on; without thresholds, and certain.
    case structure
    /// By numbers over several steps, or over epochs.
    case statistics
  }

  /// A number that a rule compares with.
  package struct Threshold: Sendable {
    /// Its name, `share`; a user sets it as `dead-relu.share`.
    package let name: String
    /// The number unless the user sets another.
    package let value: Double
    /// Where the number is from: a paper, a tool, or the reason for it.
    package let source: @Sendable () -> String

    /// A number that a rule compares with; `source` is read in the language that is set when it is shown.
    package init(
      _ name: String, _ value: Double, source: @autoclosure @escaping @Sendable () -> String
    ) {
      (self.name, self.value, self.source) = (name, value, source)
    }

    /// A number as it is set: `0.5`, `300`, `1e-07`.
    package static func text(_ number: Double) -> String {
      let text = "\(number)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
  }

  /// What of the run as a whole shows what a rule finds.
  package enum Measure: Sendable, Equatable {
    case loss
    case learningRate
    case updates
  }

  /// Its name, of lower-case words joined by hyphens: `dead-relu`.
  package let name: String
  /// When it can be judged.
  package let timing: Timing
  /// What it looks for, in one sentence.
  package let summary: @Sendable () -> String
  /// What of the run shows it where it is about no node; nil where a moment does.
  package let measure: Measure?
  /// What it compares with.
  package let thresholds: [Threshold]
  /// Makes the judge of one run.
  package let judge: @Sendable (ThresholdValues) -> any Judge

  /// A rule.
  package init(
    _ name: String, _ timing: Timing, summary: @escaping @Sendable () -> String, measure: Measure? = nil,
    thresholds: [Threshold] = [], judge: @escaping @Sendable (ThresholdValues) -> any Judge
  ) {
    self.name = name
    self.timing = timing
    self.summary = summary
    self.measure = measure
    self.thresholds = thresholds
    self.judge = judge
  }
}

/// Judges one run by one rule. `run` is what is known of the whole. A finding may be told again: only the first is kept.
package protocol Judge: Sendable {
  /// What a step that was looked at shows.
  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding]
  /// What it shows beside the losses so far.
  mutating func findings(in step: StepFacts, of run: RunFacts, losses: LossCourse) -> [Finding]
  /// What the losses of some steps in succession show.
  mutating func findings(in losses: [LossFacts], of run: RunFacts) -> [Finding]
  /// What any other fact shows.
  mutating func findings(in fact: Fact, of run: RunFacts) -> [Finding]
}

extension Judge {
  package mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] { [] }

  package mutating func findings(in step: StepFacts, of run: RunFacts, losses: LossCourse) -> [Finding] {
    findings(in: step, of: run)
  }

  package mutating func findings(in losses: [LossFacts], of run: RunFacts) -> [Finding] { [] }

  package mutating func findings(in fact: Fact, of run: RunFacts) -> [Finding] { [] }
}

/// A judge that reads the loss of each step.
package protocol LossJudge: Judge {
  /// What the loss of a step shows.
  mutating func findings(at loss: LossFacts, of run: RunFacts) -> [Finding]
}

extension LossJudge {
  package mutating func findings(in losses: [LossFacts], of run: RunFacts) -> [Finding] {
    var all: [Finding] = []
    for loss in losses {
      let found = findings(at: loss, of: run)
      if !found.isEmpty { all += found }
    }
    return all
  }
}

/// The numbers of one rule: its own, or those that the user has set.
package struct ThresholdValues: Sendable, Equatable {
  private let values: [String: Double]

  /// The numbers of a rule, with `settings` by `rule.threshold`.
  package init(of rule: Rule, settings: [String: Double]) {
    values = Dictionary(
      rule.thresholds.map {
        let value = settings["\(rule.name).\($0.name)"] ?? $0.value
        // Rules count with them.
        return ($0.name, value.isFinite ? min(1e12, max(-1e12, value)) : $0.value)
      },
      uniquingKeysWith: { _, last in last })
  }

  /// The number of a threshold that the rule declares.
  package subscript(_ name: String) -> Double {
    guard let value = values[name] else { preconditionFailure("The rule declares no threshold '\(name)'.") }
    return value
  }
}
