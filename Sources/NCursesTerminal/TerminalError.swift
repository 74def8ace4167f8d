import Localization

/// Why the screen cannot be opened.
package enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output does not lead to a terminal.
  case notATerminal
  /// `TERM` is not set, or empty.
  case noTerminalName
  /// The terminal cannot move its cursor, or is called dumb.
  case tooSimple(String)
  /// No description of a terminal of that name is installed.
  case unknown(String)
  /// The system refused something that is needed.
  case system(String)
}

extension TerminalError: CustomStringConvertible {
  /// What is wrong and what to do, in a sentence or two.
  package var description: String {
    switch self {
    case .notATerminal:
      localized(
        """
        The screen needs a terminal, but standard input or output is not one. Run it in a terminal, without a \
        pipe or a redirection.
        """)
    case .noTerminalName:
      localized(
        """
        The environment variable TERM is empty, so the kind of terminal is not known. Set it, for example: export \
        TERM=xterm-256color
        """)
    case .tooSimple(let name):
      localized(
        """
        A terminal of the kind "\(name)" cannot show a screen. If yours can, set TERM to its name, for example: \
        export TERM=xterm-256color
        """)
    case .unknown(let name):
      localized(
        """
        There is no description of a terminal of the kind "\(name)" on this machine. Install it (Debian: \
        ncurses-term), or set TERM to a name that is known, for example: export TERM=xterm-256color
        """)
    case .system(let what):
      localized("The screen cannot be opened: \(what).")
    }
  }
}
