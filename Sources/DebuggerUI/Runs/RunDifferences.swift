import Localization
import TerminalUI

/// A setting in which chosen recordings differ.
package struct SettingDifference: Sendable, Equatable {
  /// The setting's name in the user's language.
  package var name: String
  /// Its value in each of the recordings, in the order of their numbers; `–` where one does not have it.
  package var values: [String]
}

extension RunListState {
  /// The settings in which the chosen recordings differ, in the order of the first that has them.
  package var differences: [SettingDifference] {
    let sides = chosenRuns.map { $0.run.settings + [details[$0.run.path]?.changes].compactMap(\.self) }
    guard sides.count > 1 else { return [] }
    var names: [(name: String, word: String)] = []
    var known: Set<String> = []
    for setting in sides.joined() where known.insert(setting.name).inserted {
      names.append((setting.name, setting.word))
    }
    let values = sides.map { side in
      Dictionary(side.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
    return names.compactMap { name, word in
      let row = values.map { $0[name] ?? "–" }
      return Set(row).count > 1 ? SettingDifference(name: word, values: row) : nil
    }
  }
}

/// The table of the settings that differ: a column for each recording.
struct RunDifferencesTable: Widget {
  private let state: RunListState

  init(_ state: RunListState) { self.state = state }

  /// The least columns for a value.
  private static let leastWidth = 9

  func draw(into buffer: inout Buffer, area: Rect) {
    let differences = state.differences
    guard !differences.isEmpty else {
      return TextLine(localized("none"), .foreground(Accents.muted)).draw(into: &buffer, area: area)
    }
    let longest = min(differences.map(\.name.count).max() ?? 0, max(8, area.width / 3))
    let runs = state.chosenRuns
    let room = max(1, (area.width - longest - 1) / (RunDifferencesTable.leastWidth + 1))
    let shown = runs.count <= room ? runs.count : max(1, room - 1)
    var columns = [Table.Column("", .fixed(longest))]
    columns += runs.prefix(shown).map { .init("\($0.number + 1) \($0.run.name)", .fill(1)) }
    let rest = runs.count - shown
    if rest > 0 { columns.append(.init("+\(rest)", .fixed(RunDifferencesTable.leastWidth))) }
    let rows = differences.map { difference in
      [TextLine(difference.name, .foreground(Accents.muted))]
        + difference.values.prefix(shown).map { TextLine($0) } + (rest > 0 ? [TextLine("…")] : [])
    }
    Table(columns: columns, rows: rows, firstRow: state.firstSetting).draw(into: &buffer, area: area)
  }
}
