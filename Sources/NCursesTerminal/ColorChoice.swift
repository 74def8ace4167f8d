import TerminalUI

/// Decides how many colours to use.
package enum ColorChoice {
  /// The colours for a terminal whose description names `colors`, in that environment.
  ///
  /// **Source**: no-color.org for `NO_COLOR`; `COLORTERM` is what terminals with true colour set.
  package static func support(colors: Int, environment: [String: String]) -> ColorSupport {
    if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false { return .none }
    if colors >= directColors { return .trueColor }
    if colors >= 8, ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") { return .trueColor }
    switch colors {
    case 256...: return .palette256
    case 8...: return .ansi16
    default: return .none
    }
  }

  /// The number of colours in the description of a terminal whose colours are red, green and blue.
  static let directColors = 1 << 24
}
