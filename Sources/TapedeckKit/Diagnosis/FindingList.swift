import Foundation
import Trace

/// The findings of a run, each once, with those that are muted apart.
package struct FindingList {
  private let muted: Set<String>
  private var files: SourceFiles
  private var known: Set<String> = []
  /// What is shown, in the order in which it was found.
  package private(set) var shown: [Finding] = []
  /// How many findings are muted.
  package private(set) var mutedCount = 0

  /// No findings yet; those of muted rules are only counted. The user's files are below a folder.
  package init(muted: Set<String> = [], folder: String = FileManager.default.currentDirectoryPath) {
    (self.muted, files) = (muted, SourceFiles(folder))
  }

  /// Adds findings, and returns those that are new and not muted.
  @discardableResult
  package mutating func add(_ findings: [Finding]) -> [Finding] {
    var new: [Finding] = []
    for finding in findings where known.insert(finding.id).inserted {
      if muted.contains(finding.rule) || files.isMuted(finding) {
        mutedCount += 1
      } else {
        new.append(finding)
      }
    }
    shown += new
    return new
  }

  /// What is wrong with the comments that are to mute rules, in the files that were looked at since the last time, each as a sentence.
  package mutating func takeWarnings() -> [String] { files.takeWarnings() }

  /// What is shown, worst first.
  package var worstFirst: [Finding] {
    shown.enumerated().sorted { ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset) }
      .map(\.element)
  }

  /// The lines of the user's file around a finding; nil where it is not found.
  mutating func excerpt(of finding: Finding) -> SourceExcerpt? { files.excerpt(of: finding) }

  /// The path of the user's file that a finding is in; nil where it is not found.
  package mutating func path(of finding: Finding) -> String? { files.path(of: finding) }
}

extension FindingList {
  /// Prints what is new on standard error, a line each: `diagnosis: dead-relu: … (train.py:12)`.
  package mutating func tell(_ findings: [Finding]) {
    for finding in add(findings) {
      try? StandardOutput.complain("diagnosis: \(finding.line)".withVisibleControls)
    }
    for warning in takeWarnings() { _ = try? Tapedeck.complain(warning, code: 0) }
  }
}
