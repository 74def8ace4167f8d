import TerminalUI

/// Which theme the screen is drawn in.
package struct ThemeChoice: StatePart {
  /// The name of the theme that the user has chosen; nil for the one that fits the terminal.
  package var name: String?
  /// The one that fits the terminal.
  package var usual = Theme.dark

  /// The theme that fits the terminal.
  package init() {}

  /// The theme.
  package var theme: Theme { name.flatMap { Theme.named($0, isDark: usual.isDark) } ?? usual }
}

extension DebuggerState {
  /// Which theme the screen is drawn in.
  package var themeChoice: ThemeChoice {
    get { parts[ThemeChoice.self] }
    set { parts[ThemeChoice.self] = newValue }
  }

  /// Says once what the terminal cannot show, and why.
  package mutating func report(_ remarks: [String]) {
    guard !remarks.isEmpty else { return }
    notice = .problem(remarks.joined(separator: " "))
  }
}
