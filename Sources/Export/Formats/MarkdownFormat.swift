import Localization
import Numbers
import Trace

extension ExportFormat {
  /// A report in Markdown.
  package static let markdown = ExportFormat(
    "markdown", fileEnding: "md", Sentence("a report: the settings, a table of the epochs, and the events"),
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
    // The batches, the seed and the length of a script's run are not known.
    let own: [[String]] =
      run.isScript
      ? [[localized("steps"), "\(archive.lastStep)"]]
      : [
        [localized("batch"), "\(run.batchSize)"], [localized("seed"), "\(run.seed)"],
        [localized("steps"), localized("\(archive.lastStep) of \(run.stepCount)")],
      ]
    let settings: [[String]] =
      [
        [localized("data"), run.data], [localized("network"), run.network],
        [localized("optimizer"), run.optimizer],
      ] + own + [
        [localized("program"), archive.origin.program],
        [localized("machine"), archive.origin.machine],
      ]
    let results = try archive.epochs()
    let measures = MarkdownReport.measures(run.regression).filter { _, text in
      results.contains { text($0) != nil }
    }
    let epochs = results.map { epoch in
      ["\(epoch.epoch)", "\(epoch.step)"] + measures.map { $0.text(epoch) ?? "" }
    }
    let all = try archive.events()
    let findings = all.filter(\.isFinding).map { event in
      "- " + localized("step \(event.position.step)") + ": \(escaped(event.text))\n"
    }
    let events = all.filter { !$0.isFinding }.map { event in
      "- " + localized("step \(event.position.step), \(event.kind.word): \(escaped(event.text))") + "\n"
    }
    let columns = [localized("epoch"), localized("step")] + measures.map(\.name)
    return "# \(escaped(run.data)), \(escaped(run.network))\n\n"
      + table([localized("setting"), localized("value")], settings)
      + (epochs.isEmpty ? "" : "\n## " + localized("Epochs") + "\n\n" + table(columns, epochs))
      + (findings.isEmpty ? "" : "\n## " + localized("Findings") + "\n\n" + findings.joined())
      + (events.isEmpty ? "" : "\n## " + localized("Events") + "\n\n" + events.joined())
  }

  private func table(_ heading: [String], _ rows: [[String]]) -> String {
    ([heading, heading.map { _ in "---" }] + rows.map { $0.map(escaped) })
      .map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// The columns of the table of epochs; one that no epoch has is left out.
  private static func measures(
    _ regression: RegressionTarget?
  ) -> [(name: String, text: @Sendable (EpochResult) -> String?)] {
    [
      (localized("loss"), { NumberText.loss($0.loss) }),
      (localized("validation loss"), { $0.validationLoss.map(NumberText.loss) }),
      (localized("training accuracy"), { $0.trainAccuracy.map(NumberText.percent) }),
      (localized("validation accuracy"), { $0.validationAccuracy.map(NumberText.percent) }),
      ("R²", { regression?.trainR2(loss: $0.loss).map(NumberText.share) }),
      (
        localized("validation R²"),
        { $0.validationLoss.flatMap { regression?.validationR2(loss: $0) }.map(NumberText.share) }
      ),
      (localized("seconds"), { NumberText.seconds($0.seconds) }),
    ]
  }

  /// Text that Markdown shows as it is, on one line.
  private func escaped(_ text: String) -> String {
    text.withVisibleControls.reduce(into: "") { result, character in
      if "\\`*_[]<>|#".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
