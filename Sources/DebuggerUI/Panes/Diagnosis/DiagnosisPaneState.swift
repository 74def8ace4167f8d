import Diagnosis
import Localization
import Trace

/// What the diagnosis pane keeps: the findings, which of them are hidden, and what is chosen.
package struct DiagnosisPaneState: StatePart {
  /// What the pane shows.
  enum Page: Sendable {
    case findings
    case rules
  }

  /// All findings, in the order in which they came.
  package private(set) var findings: [Finding] = []
  /// How many steps of a recording were looked at, where they are fewer than those of a live run.
  var judged: JudgedSteps?
  /// The rules whose findings are hidden.
  package var muted: Set<String> = []
  /// The thresholds that the user has set, by `rule.threshold`.
  package var thresholds: [String: Double] = [:]
  /// The findings that a comment in the user's source hides, by id.
  private(set) var mutedInSource: Set<String> = []
  /// The user's files around findings, by id.
  private(set) var sources: [String: SourceExcerpt] = [:]
  /// What is shown.
  var page = Page.findings
  /// The chosen finding, by id; nil for the worst.
  var chosen: String?
  /// Whether the chosen finding is open.
  var isOpen = false
  /// Whether the pane was zoomed to open the finding.
  var isZoomedToOpen = false
  /// The first row of the open finding that is shown, or of the chosen one's text below the list.
  var row = 0
  /// The chosen rule, by its place in the list of all.
  var rule = 0

  /// Nothing was found.
  package init() {}

  /// The findings that are shown, worst first.
  package var shown: [Finding] {
    findings.enumerated().filter { !isMuted($0.element) }
      .sorted { ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset) }.map(\.element)
  }

  /// How many findings are hidden.
  var mutedCount: Int { findings.count { isMuted($0) } }

  /// The chosen finding; nil where none is shown.
  var choice: Finding? {
    let shown = shown
    return shown.first { $0.id == chosen } ?? shown.first
  }

  /// Adds what was found, each thing once.
  mutating func add(_ later: [Finding]) {
    for finding in later where !findings.contains(where: { $0.id == finding.id }) { findings.append(finding) }
  }

  /// Another future begins: what was found in the old one is forgotten.
  mutating func fork(at position: Position) { findings.removeAll { $0.position >= position } }

  /// Keeps what is known of the user's source at a finding: the lines around it, and whether a comment there hides it.
  package mutating func keep(_ source: SourceExcerpt?, isMuted: Bool, of finding: Finding) {
    sources[finding.id] = source
    if isMuted { mutedInSource.insert(finding.id) }
  }

  /// Chooses a finding some places further down.
  mutating func move(by places: Int) {
    let shown = shown
    guard !shown.isEmpty else { return }
    let place = shown.firstIndex { $0.id == choice?.id } ?? 0
    chosen = shown[max(0, min(place + places, shown.count - 1))].id
  }

  private func isMuted(_ finding: Finding) -> Bool {
    muted.contains(finding.rule) || mutedInSource.contains(finding.id)
  }
}

extension PaneID {
  /// What the diagnosis has found.
  package static let diagnosis = PaneID(title: Sentence("Diagnosis"))
}

extension DebuggerState {
  /// What the diagnosis pane keeps.
  package var diagnosis: DiagnosisPaneState {
    get { parts[DiagnosisPaneState.self] }
    set { parts[DiagnosisPaneState.self] = newValue }
  }

  /// The worst finding about a node that is not hidden.
  func finding(about node: String) -> Finding? { diagnosis.shown.first { $0.subject == node } }

  /// The lines of a part of a file that findings are about.
  func faultyLines(in source: SourceExcerpt) -> Set<Int> {
    Set(
      diagnosis.shown.compactMap { finding in
        guard let place = finding.place, place.fileName == source.file else { return nil }
        return place.line
      })
  }
}
