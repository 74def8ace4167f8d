import Bridge
import Foundation
import Localization
import Numbers
import Trace

/// A verification's report as a table for people or one JSON object for programs.
package struct VerificationText {
  private let report: VerificationReport

  /// The text of a report.
  package init(_ report: VerificationReport) { self.report = report }

  /// One line per row, and a last one that says whether all passed and, if not, names the first that failed.
  package var table: String {
    let width = report.rows.map { words($0.quantity).count }.max() ?? 0
    let lines = report.rows.map { row in
      let name = words(row.quantity).padding(toLength: width, withPad: " ", startingAt: 0)
      return "\(name)  \(row.precision.rawValue)  \(NumberText.scientific(row.greatestDifference))"
        + "  (" + localized("at most \(NumberText.scientific(row.tolerance))") + ")  "
        + (row.passed ? "✓" : localized("✗ too large"))
    }
    let order =
      report.layers.isEmpty
      ? []
      : [localized("layers by their shapes: \(report.layers.joined(separator: " → ").withVisibleControls)")]
        + activation
    let causes = report.rows.contains { $0.cause == .addendInLogarithm } ? [addend] : []
    return (order + [localized("greatest differences:")] + lines + causes + omissions + [verdict]).joined(
      separator: "\n")
  }

  /// The function between the layers, and how it is known.
  private var activation: [String] {
    guard let name = report.activation else { return [] }
    if report.isActivationAssumed { return [localized("activation assumed between the layers: \(name)")] }
    return [localized("activation between the layers: \(name)")]
  }

  /// What was not compared, and what was not needed.
  private var omissions: [String] {
    var lines: [String] = []
    if !report.notCompared.isEmpty {
      let names = list(report.notCompared.map(words))
      lines.append(
        report.hasLabels
          ? localized("not compared, because the reference lacks them: \(names)")
          : localized("not compared, because the reference has no labels: \(names)"))
    }
    if !report.unused.isEmpty {
      lines.append(localized("tensors that were not needed: \(list(report.unused))"))
    }
    return lines
  }

  /// At most eight names.
  private func list(_ names: [String]) -> String {
    let shown = names.prefix(8).map { String($0.prefix(100)).withVisibleControls }.joined(separator: ", ")
    return names.count <= 8 ? shown : localized("\(shown) and \(names.count - 8) more")
  }

  /// Why the losses differ by more than rounding.
  private var addend: String {
    localized(
      """
      The losses differ by up to 1e-8 ÷ p in both precisions: the hand-written one is −ln(p + 1e-8), so that it never \
      takes ln 0; the engine's, like PyTorch's, is computed from the logits and needs no 1e-8. Without it they agree.
      """)
  }

  /// What people call a quantity.
  private func words(_ quantity: String) -> String {
    if let match = quantity.wholeMatch(of: /gradient of (.*)/) {
      return localized("gradient of \(String(match.1).withVisibleControls)")
    }
    if let match = quantity.wholeMatch(of: /(.*) after ([0-9]+) steps/) {
      return localized("\(match.1) after \(match.2) steps")
    }
    if quantity == "loss" { return localized("loss") }
    if quantity == "loss without 1e-8" { return localized("loss without 1e-8") }
    return quantity == "outputs" ? localized("outputs") : quantity
  }

  /// The report as one JSON object.
  package func json() -> String {
    let rows = report.rows.map { row in
      JSON([
        "quantity": row.quantity, "precision": row.precision.rawValue,
        "greatestDifference": row.greatestDifference.isFinite ? row.greatestDifference.json : nil,
        "tolerance": row.tolerance, "passed": row.passed,
        "cause": row.cause?.rawValue,
      ])
    }
    return JSON([
      "passed": report.passed, "layers": report.layers, "activation": report.activation,
      "activationAssumed": report.activation == nil ? nil : report.isActivationAssumed,
      "notCompared": report.notCompared, "unused": report.unused, "rows": rows,
    ]).text()
  }

  /// The sentence for the first row that failed; nil if none did.
  package var failure: String? {
    if report.rows.isEmpty { return localized("nothing was compared.") }
    return report.firstFailure.map { row in
      let sentence = localized(
        """
        \(words(row.quantity)) in \(row.precision.rawValue) differs by \(NumberText.scientific(row.greatestDifference)); it may \
        differ by at most \(NumberText.scientific(row.tolerance)).
        """)
      guard report.isActivationAssumed, let name = report.activation else { return sentence }
      return sentence + " "
        + localized(
          """
          \(name) was assumed between the layers; metadata={"activation": "tanh"} in save_file says another.
          """)
    }
  }

  private var verdict: String {
    failure.map { localized("failed: \($0)") }
      ?? (report.notCompared.isEmpty
        ? localized("all \(report.rows.count) agree.")
        : localized("\(report.rows.count) compared, and all agree; \(report.notCompared.count) not compared."))
  }
}
