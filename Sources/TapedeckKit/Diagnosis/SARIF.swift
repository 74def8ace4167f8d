import Diagnosis
import Foundation
import Trace

/// Findings in the Static Analysis Results Interchange Format, 2.1.0, which editors and services show at their lines.
///
/// **Source**: OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/.
package struct SARIF {
  private static let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  private static let version = "0.1.0"

  private let list: FindingList
  private let folder: String

  /// The findings of a run; files are named relative to a folder.
  package init(_ list: FindingList, folder: String = FileManager.default.currentDirectoryPath) {
    (self.list, self.folder) = (list, folder)
  }

  /// The log.
  package var json: JSON {
    var list = list
    let results = list.worstFirst.map { result($0, path: list.path(of: $0)) }
    let driver = JSON([
      "name": "tapedeck", "version": SARIF.version, "rules": JSON.array(Rule.all.map(SARIF.rule)),
    ])
    let run = JSON([
      "tool": JSON(["driver": driver]),
      "originalUriBaseIds": JSON([
        "SRCROOT": JSON(["uri": SARIF.uri(ofPath: folder == "/" ? "" : folder) + "/"])
      ]),
      "columnKind": "unicodeCodePoints", "results": JSON.array(results),
    ])
    return JSON(["$schema": SARIF.schema, "version": "2.1.0", "runs": JSON.array([run])])
  }

  private static func rule(_ rule: Rule) -> JSON {
    let thresholds = rule.thresholds.map { ($0.name, $0.value.json ?? .null) }
    return JSON([
      "id": rule.name, "shortDescription": JSON(["text": rule.summary()]),
      "properties": JSON(["kind": "\(rule.timing)", "thresholds": JSON.object(thresholds)]),
    ])
  }

  private func result(_ finding: Finding, path: String?) -> JSON {
    let evidence = finding.evidence.map { SARIF.sentence($0, about: finding.subject) }
    let text = ([finding.what + "."] + evidence + [finding.cause] + finding.remedy).joined(separator: " ")
    return JSON([
      "ruleId": finding.rule, "ruleIndex": Rule.all.firstIndex { $0.name == finding.rule },
      "level": finding.severity.rawValue, "message": JSON(["text": text]),
      "locations": JSON.array([location(finding, path: path)].compactMap(\.self)),
      "partialFingerprints": JSON(["tapedeckFinding/v1": finding.id]),
      "properties": JSON([
        "subject": finding.subject, "step": finding.position.step, "phase": finding.position.phase.name,
        "evidence": finding.evidence, "cause": finding.cause, "remedy": finding.remedy,
      ]),
    ])
  }

  /// The line of the user's file, and the node; nil where neither is known.
  private func location(_ finding: Finding, path: String?) -> JSON? {
    let place = finding.place.map { place in
      JSON([
        "artifactLocation": artifact(path ?? place.file), "region": JSON(["startLine": place.line]),
      ])
    }
    let node = finding.subject.map { JSON.array([JSON(["fullyQualifiedName": $0])]) }
    guard place != nil || node != nil else { return nil }
    return JSON(["physicalLocation": place, "logicalLocations": node])
  }

  /// A file relative to the folder, or by its whole path.
  private func artifact(_ path: String) -> JSON {
    if path.hasPrefix(folder + "/") {
      return JSON([
        "uri": SARIF.escaped(String(path.dropFirst(folder.count + 1))), "uriBaseId": "SRCROOT",
      ])
    }
    return path.hasPrefix("/")
      ? JSON(["uri": SARIF.uri(ofPath: path)]) : JSON(["uri": SARIF.escaped(path), "uriBaseId": "SRCROOT"])
  }

  private static func uri(ofPath path: String) -> String { "file://" + escaped(path) }

  /// A path with what has a meaning in a URI escaped.
  private static func escaped(_ path: String) -> String {
    path.utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      let isPlain =
        character.isASCII && (character.isLetter || character.isNumber || "-._~/".contains(character))
      return isPlain ? String(character) : String(format: "%%%02X", byte)
    }.joined()
  }

  /// Evidence with a capital, but for a name at its start, and a full stop.
  private static func sentence(_ text: String, about subject: String?) -> String {
    guard let first = text.first else { return "" }
    let word = text.prefix { $0 != " " }
    let isName = subject.map { word == $0 } ?? false || word.contains { !$0.isLetter }
    let whole = isName ? text : first.uppercased() + text.dropFirst()
    return whole.hasSuffix(".") ? whole : whole + "."
  }
}
