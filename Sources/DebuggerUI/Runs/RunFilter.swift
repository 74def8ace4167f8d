import TerminalUI

/// Which recordings are listed: those that have every word of a text, such as `mnist lr=0.1 loss<0.2`.
package struct RunFilter: Sendable, Equatable {
  /// One word of the text.
  private enum Term: Sendable, Equatable {
    /// Part of a name, of a state or of a setting's value.
    case word(String)
    /// A comparison with a column or a setting.
    case comparison(name: String, sign: Character, value: String)
  }

  private let terms: [Term]

  /// The filter that a text describes.
  package init(_ text: String) {
    terms = text.lowercased().split(separator: " ").compactMap { word in
      guard let place = word.firstIndex(where: { "=<>".contains($0) }), place > word.startIndex else {
        return .word(String(word))
      }
      let value = String(word[word.index(after: place)...])
      // Half a term, as while it is typed, leaves nothing out.
      guard !value.isEmpty else { return nil }
      return .comparison(name: String(word[..<place]).withoutDashes, sign: word[place], value: value)
    }
  }

  /// Whether it leaves nothing out.
  package var isEmpty: Bool { terms.isEmpty }

  /// Whether a run has every word.
  package func matches(_ run: RunSummary) -> Bool {
    terms.allSatisfy { term in
      switch term {
      case .word(let word):
        ([run.name, run.state.word, run.data, run.network, run.optimizer] + run.settings.map(\.value))
          .contains { $0.lowercased().contains(word) }
      case .comparison(let name, let sign, let value):
        values(of: name, in: run).contains { RunFilter.holds($0, sign, value) }
      }
    }
  }

  /// What a run has under a name, or under all that begin so.
  private func values(of name: String, in run: RunSummary) -> [RunColumn.Value] {
    let columns = RunColumn.allCases.filter { column in
      (column.names + [column.heading.lowercased()]).contains { $0.hasPrefix(name) }
    }
    let settings = run.settings.filter { $0.name.lowercased().withoutDashes.hasPrefix(name) }
    return columns.compactMap { $0.value(run) }
      + settings.map { setting in Double(setting.value).map { .number($0) } ?? .text(setting.value) }
  }

  private static func holds(_ value: RunColumn.Value, _ sign: Character, _ wanted: String) -> Bool {
    switch value {
    case .text(let text): return sign == "=" && text.lowercased().contains(wanted)
    case .number(let number):
      guard let limit = self.number(wanted) else { return false }
      return switch sign {
      case "<": number < limit
      case ">": number > limit
      default: number == limit || number.isNaN && limit.isNaN
      }
    }
  }

  /// A number as it is typed, also in percent.
  private static func number(_ text: String) -> Double? {
    text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
  }
}

extension String {
  /// An option's name without the dashes before it.
  fileprivate var withoutDashes: String { String(drop { $0 == "-" }) }
}
