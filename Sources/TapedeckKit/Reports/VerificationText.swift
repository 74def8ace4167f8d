import Bridge
import Foundation
import Localization
import Numbers

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
    return ([localized("greatest differences:")] + lines + [verdict]).joined(separator: "\n")
  }

  /// What people call a quantity.
  private func words(_ quantity: String) -> String {
    if let match = quantity.wholeMatch(of: /gradient of (.*)/) {
      return localized("gradient of \(match.1)")
    }
    if let match = quantity.wholeMatch(of: /(.*) after ([0-9]+) steps/) {
      return localized("\(match.1) after \(match.2) steps")
    }
    return quantity == "outputs" ? localized("outputs") : quantity
  }

  /// The report as one JSON object.
  package func json() -> String {
    let rows = report.rows.map { row in
      JSON([
        "quantity": row.quantity, "precision": row.precision.rawValue,
        "greatestDifference": row.greatestDifference.isFinite ? row.greatestDifference.json : nil,
        "tolerance": row.tolerance, "passed": row.passed,
      ])
    }
    return JSON(["passed": report.passed, "rows": rows]).text()
  }

  /// The sentence for the first row that failed; nil if none did.
  package var failure: String? {
    if report.rows.isEmpty { return localized("nothing was compared.") }
    return report.firstFailure.map { row in
      localized(
        """
        \(words(row.quantity)) in \(row.precision.rawValue) differs by \(NumberText.scientific(row.greatestDifference)); it may \
        differ by at most \(NumberText.scientific(row.tolerance)).
        """)
    }
  }

  private var verdict: String {
    failure.map { localized("failed: \($0)") } ?? localized("all \(report.rows.count) agree.")
  }
}
