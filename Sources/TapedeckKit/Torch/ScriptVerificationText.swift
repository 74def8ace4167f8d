import Localization
import Numbers
import Training

/// What came of running a script's step through the engine, in lines.
package struct ScriptVerificationText {
  private let report: ScriptVerificationReport
  private let script: String
  private let step: Int

  /// The text of a report about a step of a script.
  package init(_ report: ScriptVerificationReport, script: String, step: Int) {
    self.report = report
    self.script = script
    self.step = step
  }

  /// The lines: what agrees, what differs, and what could not be compared.
  package var lines: [String] {
    var lines = [localized("\(script), step \(step): Tapedeck's engine beside PyTorch")]
    lines.append(
      localized("forward: \(report.nodes.count) of \(report.nodeCount) nodes agree") + greatest(report.nodes))
    if let difference = report.difference { return lines + [text(difference)] }
    lines += report.missing.map(text)
    if report.hasSeveralBackwards {
      return lines + [
        localized("backward: not compared, since it went through the same nodes more than once")
      ]
    }
    lines.append(
      localized(
        "backward: gradients of \(report.parameters.count) of \(report.parameterCount) parameters agree")
        + greatest(report.parameters))
    return lines
  }

  private func greatest(_ tally: ScriptVerificationReport.Tally) -> String {
    guard !tally.place.isEmpty else { return "" }
    guard tally.greatest > 0 else { return localized(", to the bit") }
    return localized(", largest difference \(NumberText.measure(tally.greatest)) in \(tally.place)")
  }

  private func text(_ difference: ScriptVerificationReport.Difference) -> String {
    let gap = difference.gap
    let what =
      difference.isGradient
      ? localized("the gradient of \(difference.node) is the first that differs")
      : localized("\(difference.node) is the first that differs")
    guard gap.ours != gap.theirs else { return what }
    return what
      + localized(
        ", by \(NumberText.measure(gap.difference)): cell \(gap.cell) is \(NumberText.cell(gap.ours)) here, and \(NumberText.cell(gap.theirs)) in PyTorch"
      )
  }

  private func text(_ missing: ScriptVerificationReport.Missing) -> String {
    let name = missing.operation
    let count = missing.count == 1 ? localized("1 node") : localized("\(missing.count) nodes")
    let reason =
      switch missing.reason {
      case .unknown: localized("the engine does not have \(name)")
      case .option(let option): localized("the engine's \(name) does not have this \(option)")
      case .notSeen: localized("the operator of \(name) was not seen")
      case .noNumbers: localized("the numbers of \(name) were not kept; --history is the limit")
      case .refused(let words): localized("the engine's \(name) says: \(words)")
      }
    return localized("not compared: \(reason), \(count)")
  }
}
