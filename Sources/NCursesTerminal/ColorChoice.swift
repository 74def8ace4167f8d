import TerminalUI

/// Decides how many colours to use.
package enum ColorChoice {
  /// The colours for a terminal whose description names `colors`, in that environment.
  ///
  /// **Source**: no-color.org for `NO_COLOR`; `COLORTERM` is what terminals with true colour set.
  package static func support(colors: Int, environment: [String: String]) -> ColorSupport {
    if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false { return .none }
    if colors >= directColors { return .trueColor }
    let name = environment["TERM"] ?? ""
    // What a terminal says of itself is lost on the way through ssh; its name is not.
    let hasTrueColor =
      ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") || isWindowsTerminal(environment)
      || trueColorTerminals.contains { name.hasPrefix($0) }
    if colors >= 8, hasTrueColor { return .trueColor }
    switch colors {
    case 256...: return .palette256
    case 8...: return .ansi16
    default: return .none
    }
  }

  private static let trueColorTerminals = [
    "xterm-kitty", "xterm-ghostty", "foot", "alacritty", "wezterm", "contour", "ms-terminal",
  ]

  /// Whether it is Windows Terminal, which calls itself xterm-256color.
  static func isWindowsTerminal(_ environment: [String: String]) -> Bool {
    environment["WT_SESSION"]?.isEmpty == false
  }

  /// Whether the background is dark by `COLORFGBG`, which some terminals set to the numbers of the colours of text and
  /// background among the 16; nil where it says nothing.
  package static func isDark(_ environment: [String: String]) -> Bool? {
    guard let last = environment["COLORFGBG"]?.split(separator: ";").last, let index = Int(last) else {
      return nil
    }
    return index >= 0 && index < 7 || index == 8
  }

  /// The number of colours in the description of a terminal whose colours are red, green and blue.
  static let directColors = 1 << 24
}
