import Diagnosis
import Trace

/// Findings as one JSON object. Its keys: `findings`, each with `rule`, `severity` (error, warning or note), `subject`, `what`,
/// `evidence`, `cause`, `remedy`, `file` and `line`, `step`, `phase`, `view` and `cell`; `muted`, the number of those that
/// are muted; `rules`, the number of rules that were asked; and `steps` and `epochs`, how many were looked at.
package struct FindingsJSON {
  private let list: FindingList
  private let looked: LookedAt
  private let muted: Set<String>

  package init(_ list: FindingList, in looked: LookedAt, muted: Set<String>) {
    (self.list, self.looked, self.muted) = (list, looked, muted)
  }

  /// The object.
  package var json: JSON {
    JSON([
      "findings": JSON.array(list.worstFirst.map(FindingsJSON.json)), "muted": list.mutedCount,
      "rules": Rule.all.count { !muted.contains($0.name) }, "steps": looked.steps, "epochs": looked.epochs,
    ])
  }

  private static func json(_ finding: Finding) -> JSON {
    JSON([
      "rule": finding.rule, "severity": finding.severity.rawValue, "subject": finding.subject,
      "what": finding.what, "evidence": finding.evidence, "cause": finding.cause, "remedy": finding.remedy,
      "file": finding.place?.file, "line": finding.place?.line, "step": finding.position.step,
      "phase": finding.position.phase.name, "view": finding.view?.rawValue, "cell": finding.cell,
    ])
  }
}
