import Localization
import TerminalUI
import Trace

extension Finding.Severity {
  /// The sign before a finding: one for each severity, so that none is told by its colour alone.
  var sign: String {
    switch self {
    case .error: "✘"
    case .warning: "⚠"
    case .note: "•"
    }
  }

  /// The colour of the sign.
  package var color: Color {
    switch self {
    case .error: Accents.bad
    case .warning: Accents.warning
    case .note: Accents.focus
    }
  }

  /// It in a word.
  package var word: String {
    switch self {
    case .error: localized("error")
    case .warning: localized("warning")
    case .note: localized("note")
    }
  }
}

/// The number of findings in the status line, which opens the pane.
struct FindingBadge {
  private let shown: [Finding]

  init(_ state: DebuggerState) { shown = state.diagnosis.shown }

  /// In as many words as there may be room for, the longest first; none without findings.
  var variants: [TextLine] {
    guard let worst = shown.first?.severity else { return [] }
    return [words, "\(shown.count)"].map { text in
      TextLine([
        Span(
          "\(worst.sign) \(text)", .foreground(worst.color).bold,
          control: .command(DiagnosisPane.findingsCommand))
      ])
    }
  }

  /// `2 faults`; notes alone are none.
  var words: String {
    let faults = shown.count { $0.severity != .note }
    let count = faults == 0 ? shown.count : faults
    switch (faults == 0, count == 1) {
    case (true, true): return localized("1 remark")
    case (true, false): return localized("\(count) remarks")
    case (false, true): return localized("1 fault")
    case (false, false): return localized("\(count) faults")
    }
  }
}
