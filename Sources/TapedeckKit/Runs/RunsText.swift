import DebuggerUI
import Localization
import TerminalUI

/// The recordings of a folder as an aligned table, and as one JSON object.
package struct RunsText {
  private let folder: String
  private let runs: [RunSummary]

  /// The text of these recordings, the newest first.
  package init(folder: String, runs: [RunSummary]) {
    self.folder = folder
    self.runs = RunColumn.date.sorted(runs, isReversed: false)
  }

  /// The headings and a line for each recording; what is wrong with some of them follows.
  package var lines: [String] {
    guard !runs.isEmpty else { return [localized("There is no recording in \(folder) yet.")] }
    let columns = RunColumn.allCases.filter { column in runs.contains { !column.text($0).isEmpty } }
    let rows = [columns.map(\.heading)] + runs.map { run in columns.map { $0.text(run) } }
    let widths = columns.indices.map { place in rows.map { $0[place].count }.max() ?? 0 }
    let table = rows.map { row in
      let cells = row.indices.map { place in
        let gap = String(repeating: " ", count: widths[place] - row[place].count)
        return columns[place].isNumber ? gap + row[place] : row[place] + gap
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
    let problems = runs.compactMap { run in run.problem.map { "\(run.name): \($0)" } }
    return table + (problems.isEmpty ? [] : [""] + problems)
  }

  /// The folder and its recordings as one JSON object.
  package func json() -> String {
    JSON(["folder": folder, "runs": runs.map(object)]).text()
  }

  private func object(_ run: RunSummary) -> JSON {
    JSON([
      "file": run.path, "name": run.name, "state": run.state.rawValue, "problem": run.problem,
      "isScript": run.isScript, "data": run.data, "network": run.network, "optimizer": run.optimizer,
      "learningRate": run.learningRate, "batchSize": run.batchSize, "seed": run.seed, "steps": run.steps,
      "epochs": run.epochs, "loss": run.loss, "validationLoss": run.validationLoss,
      "accuracy": run.accuracy, "begun": run.begun, "bytes": run.byteCount,
      "settings": JSON.object(run.settings.map { ($0.name, .string($0.value)) }),
    ])
  }
}
