import Numbers
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
    let results = try archive.epochs()
    let measures = MarkdownReport.measures.filter { _, text in results.contains { text($0) != nil } }
    let epochs = results.map { epoch in
      ["\(epoch.epoch)", "\(epoch.step)"] + measures.map { $0.text(epoch) ?? "" }
    }
    let events = try archive.events().map { event in
      "- step \(event.position.step), \(event.kind.rawValue): \(escaped(event.text))\n"
    }
    let columns = ["epoch", "step"] + measures.map(\.name)
    return "# \(escaped(run.data)), \(escaped(run.network))\n\n" + table(["setting", "value"], settings)
      + (epochs.isEmpty ? "" : "\n## Epochs\n\n" + table(columns, epochs))
      + (events.isEmpty ? "" : "\n## Events\n\n" + events.joined())
  }

  private func table(_ heading: [String], _ rows: [[String]]) -> String {
    ([heading, heading.map { _ in "---" }] + rows.map { $0.map(escaped) })
      .map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// The columns of the table of epochs; one that no epoch has is left out.
  private static let measures: [(name: String, text: @Sendable (EpochResult) -> String?)] = [
    ("loss", { NumberText.loss($0.loss) }), ("validation loss", { $0.validationLoss.map(NumberText.loss) }),
    ("training accuracy", { $0.trainAccuracy.map(NumberText.percent) }),
    ("validation accuracy", { $0.validationAccuracy.map(NumberText.percent) }),
    ("seconds", { NumberText.seconds($0.seconds) }),
  ]

  /// Text that Markdown shows as it is, on one line.
  private func escaped(_ text: String) -> String {
    text.withVisibleControls.reduce(into: "") { result, character in
      if "\\`*_[]<>|#".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
