import Diagnosis
import Foundation
import Localization
import Numbers
import TerminalUI

/// The rules of diagnosis as text or JSON: what each looks for, and its thresholds.
struct RulesText {
  private let settings: Diagnosis.Settings

  init(_ settings: Diagnosis.Settings) { self.settings = settings }

  /// The lines, with what has a colour on a terminal.
  var lines: [TextLine] {
    let width = (Rule.all.map(\.name.count).max() ?? 0) + 2
    let indent = String(repeating: " ", count: width)
    let muted = Style.foreground(Accents.muted)
    return Rule.all.flatMap { rule in
      let isMuted = settings.muted.contains(rule.name)
      let head = TextLine([
        Span(rule.name.padding(toLength: width, withPad: " ", startingAt: 0), isMuted ? muted : .bold),
        Span((isMuted ? localized("muted") + ": " : "") + rule.summary(), isMuted ? muted : .plain),
      ])
      return [head]
        + rule.thresholds.map { threshold in
          TextLine([
            Span("\(indent)\(threshold.name) ", muted), Span(Rule.Threshold.text(value(of: threshold, rule))),
            Span("  \(threshold.source())", muted),
          ])
        }
    }
  }

  /// The rules as one JSON object.
  var json: JSON {
    JSON([
      "rules": JSON.array(
        Rule.all.map { rule in
          JSON([
            "name": rule.name, "kind": "\(rule.timing)", "summary": rule.summary(),
            "muted": settings.muted.contains(rule.name),
            "thresholds": JSON.array(
              rule.thresholds.map { threshold in
                JSON([
                  "name": threshold.name, "value": value(of: threshold, rule), "default": threshold.value,
                  "source": threshold.source(),
                ])
              }),
          ])
        })
    ])
  }

  private func value(of threshold: Rule.Threshold, _ rule: Rule) -> Double {
    settings.thresholds["\(rule.name).\(threshold.name)"] ?? threshold.value
  }
}
