import Foundation
import Trace

extension ExportFormat {
  /// A report in Markdown.
  package static let markdown = ExportFormat(
    "markdown", fileEnding: "md", "a report: the settings, a table of the epochs, and the events",
    isText: true
  ) { source, _, write in try write(Array(MarkdownReport(source.archive).text().utf8)) }
}

/// A recording as a report in Markdown: the settings, a row for each epoch, and the events.
struct MarkdownReport {
  private let archive: any RunArchive

  init(_ archive: any RunArchive) { self.archive = archive }

  /// The report.
  ///
  /// - Throws: what reading the recording throws.
  func text() throws -> String {
    let run = archive.origin.description
    let settings = [
      ["data", run.data], ["network", run.network], ["optimizer", run.optimizer],
      ["batch", "\(run.batchSize)"], ["seed", "\(run.seed)"],
      ["steps", "\(archive.lastStep) of \(run.stepCount)"], ["program", archive.origin.program],
      ["machine", archive.origin.machine],
    ]
    let epochs = try archive.epochs().map { epoch in
      [
        "\(epoch.epoch)", "\(epoch.step)", number(epoch.loss, 4), percent(epoch.trainAccuracy),
        epoch.validationLoss.map { number($0, 4) } ?? "", epoch.validationAccuracy.map(percent) ?? "",
        number(epoch.seconds, 2),
      ]
    }
    let events = try archive.events().map { event in
      "- step \(event.position.step), \(event.kind.rawValue): \(escaped(event.text))\n"
    }
    let columns = [
      "epoch", "step", "loss", "training accuracy", "validation loss", "validation accuracy", "seconds",
    ]
    return "# \(escaped(run.data)), \(escaped(run.network))\n\n" + table(["setting", "value"], settings)
      + (epochs.isEmpty ? "" : "\n## Epochs\n\n" + table(columns, epochs))
      + (events.isEmpty ? "" : "\n## Events\n\n" + events.joined())
  }

  private func table(_ heading: [String], _ rows: [[String]]) -> String {
    ([heading, heading.map { _ in "---" }] + rows.map { $0.map(escaped) })
      .map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  private func number(_ value: Double, _ places: Int) -> String {
    guard value.isFinite else { return plainText(value) }
    return String(format: "%.\(places)f", locale: Locale(identifier: "en_US_POSIX"), value)
  }

  private func percent(_ share: Double) -> String { "\(number(share * 100, 1)) %" }

  /// Text that Markdown shows as it is, on one line.
  private func escaped(_ text: String) -> String {
    text.withVisibleControls.reduce(into: "") { result, character in
      if "\\`*_[]<>|#".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
