import Trace

/// The diagnosis of one run: it takes facts, and tells each finding once.
package struct Diagnosis: Sendable {
  /// What the user has set.
  package struct Settings: Sendable, Equatable {
    /// The rules that are not judged, by name.
    package var muted: Set<String>
    /// Thresholds, by `rule.threshold`.
    package var thresholds: [String: Double]

    /// Settings; by default no rule is muted and no threshold is changed.
    package init(muted: Set<String> = [], thresholds: [String: Double] = [:]) {
      (self.muted, self.thresholds) = (muted, thresholds)
    }
  }

  /// What has been found, in the order in which it was.
  package private(set) var findings: [Finding] = []
  private var judges: [any Judge]
  /// The judges of all facts, and those that read losses: of these there are millions.
  private let (all, ofLosses): (Range<Int>, [Int])
  private var run = RunFacts()
  private var losses = LossCourse()
  private var known: Set<String> = []

  /// A diagnosis by some rules.
  package init(_ rules: [Rule] = Rule.all, settings: Settings = Settings()) {
    judges = rules.filter { !settings.muted.contains($0.name) }.map { rule in
      rule.judge(ThresholdValues(of: rule, settings: settings.thresholds))
    }
    (all, ofLosses) = (judges.indices, judges.indices.filter { [judges] in judges[$0] is any LossJudge })
  }

  /// Takes a fact, and returns what it shows that was not found before, worst first.
  package mutating func take(_ fact: Fact) -> [Finding] {
    let found: [Finding]
    switch fact {
    case .losses(let new):
      // What comes of NaN is no news after it: then the order counts.
      if new.count > 1, new.contains(where: { !$0.loss.isFinite }) {
        return new.flatMap { take(.losses([$0])) }
      }
      for loss in new { losses.take(loss) }
      found = ask(ofLosses) { $0.findings(in: new, of: $1) }
    case .step(let step):
      found = ask(all) { [losses] in $0.findings(in: step, of: $1, losses: losses) }
    default:
      if case .run(let facts) = fact { run = facts }
      found = ask(all) { $0.findings(in: fact, of: $1) }
    }
    return found.isEmpty ? [] : keep(found)
  }

  /// What some judges find.
  private mutating func ask(
    _ places: some Sequence<Int>, _ question: (inout any Judge, RunFacts) -> [Finding]
  ) -> [Finding] {
    var all: [Finding] = []
    let run = run
    for place in places {
      let found = question(&judges[place], run)
      if !found.isEmpty { all += found }
    }
    return all
  }

  /// Keeps what was not found before, and returns it, worst first.
  private mutating func keep(_ found: [Finding]) -> [Finding] {
    var new: [Finding] = []
    for finding in found where isNews(finding) && known.insert(finding.id).inserted {
      new.append(located(finding))
    }
    new.sort { $0.severity < $1.severity }
    findings += new
    return new
  }

  /// Whether a finding says more than what is known: once numbers are NaN or infinite, other statistics show the consequences.
  private func isNews(_ finding: Finding) -> Bool {
    !findings.contains { $0.rule == Rule.notFinite.name }
      || Rule.all.contains { $0.name == finding.rule && $0.timing == .structure }
  }

  /// A finding that names no line of Tapedeck's own: there is nothing to change for the user.
  private func located(_ finding: Finding) -> Finding {
    var finding = finding
    guard let location = finding.location, Diagnosis.isOwn(location) else { return finding }
    finding.location = [run.optimizerLocation, run.location].compactMap(\.self).first { !Diagnosis.isOwn($0) }
    return finding
  }

  private static func isOwn(_ location: String) -> Bool {
    location.contains(".swift:")
      && ["Autograd/", "NN/", "TapedeckKit/"].contains { location.hasPrefix($0) }
  }

  /// A new future begins: what was found at later moments is forgotten, and may be found again.
  package mutating func forget(from position: Position) {
    let later = findings.filter { $0.position >= position }
    known.subtract(later.map(\.id))
    findings.removeAll { $0.position >= position }
  }
}
