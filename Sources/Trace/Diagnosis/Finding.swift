/// A fault that a rule of diagnosis has found in a run: what is wrong, why it thinks so, and what to do.
package struct Finding: Sendable, Equatable, Codable, Identifiable {
  /// How certain and how grave a finding is, in the words of SARIF.
  package enum Severity: String, Sendable, Equatable, Codable, Comparable, CaseIterable {
    /// Certain, or training cannot succeed.
    case error
    /// Training is most likely worse for it.
    case warning
    /// Worth knowing.
    case note

    /// The graver is the smaller.
    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }
  }

  /// The name of the rule, `dead-relu`.
  package var rule: String
  /// What it is about, by the name of a node, a parameter or a module; nil for the whole run.
  package var subject: String?
  /// How grave it is.
  package var severity: Severity
  /// What is wrong, as a sentence with the names and figures of the run, without a full stop.
  package var what: String
  /// Why the rule thinks so: figures of this run, as sentences.
  package var evidence: [String]
  /// Why this harms training, in a sentence or two.
  package var cause: String
  /// What to do, most likely cure first, as sentences.
  package var remedy: [String]
  /// Where in the user's source, `train.py:12`; nil where that is not known.
  package var location: String?
  /// The moment at which it shows.
  package var position: Position
  /// The tensor in which it shows; nil where a moment alone does.
  package var view: TensorView?
  /// The cell in which it shows, by its place in row-major order.
  package var cell: Int?

  /// One rule finds one thing about one subject.
  package var id: String { subject.map { "\(rule) \($0)" } ?? rule }

  /// A finding.
  package init(
    rule: String, subject: String? = nil, severity: Severity, what: String, evidence: [String] = [],
    cause: String, remedy: [String], location: String? = nil, position: Position, view: TensorView? = nil,
    cell: Int? = nil
  ) {
    self.rule = rule
    self.subject = subject
    self.severity = severity
    self.what = what
    self.evidence = evidence
    self.cause = cause
    self.remedy = remedy
    self.location = location
    self.position = position
    self.view = view
    self.cell = cell
  }

  /// The finding on one line, as programs without a screen print it: `dead-relu: sentence (train.py:12)`.
  package var line: String { "\(rule): \(what)" + (location.map { " (\($0))" } ?? "") }
}
