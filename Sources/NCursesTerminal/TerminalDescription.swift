import CNCurses
import Localization

/// What terminfo knows about a kind of terminal.
struct TerminalDescription {
  /// How many colours it has; 0 where it has none.
  let colors: Int
  /// Whether it takes the sequences of ECMA-48.
  let isANSI: Bool

  /// Looks the terminal up.
  ///
  /// - Throws: `TerminalError` if it is not known, or cannot move its cursor.
  init(name: String, descriptor: Int32) throws(TerminalError) {
    guard !name.isEmpty else { throw .noTerminalName }
    guard name != "dumb" else { throw .tooSimple(name) }
    var status: Int32 = 0
    guard setupterm(name, descriptor, &status) == OK else {
      // 1 means that it is known but prints on paper.
      throw status == 1 ? .tooSimple(name) : .unknown(name)
    }
    colors = Int(max(0, tigetnum("colors")))
    let placing = Self.sequence("cup")
    isANSI = placing?.hasPrefix("\u{1b}[") ?? false
    shim_forget_description()
    guard placing != nil else { throw .tooSimple(name) }
  }

  /// Looks the terminal up; where there is no description of it, that of one which is like it.
  ///
  /// Returns the name of the description, and a sentence where it is that of another terminal.
  ///
  /// - Throws: `TerminalError` if none is known, or if it cannot move its cursor.
  static func find(
    _ environment: [String: String], descriptor: Int32
  ) throws(TerminalError) -> (name: String, description: TerminalDescription, remark: String?) {
    let name = environment["TERM"] ?? ""
    do { return (name, try TerminalDescription(name: name, descriptor: descriptor), nil) } catch {
      guard error == .unknown(name) || error == .noTerminalName else { throw error }
      for substitute in substitutes(for: name, environment) {
        guard let description = try? TerminalDescription(name: substitute, descriptor: descriptor) else {
          continue
        }
        let remark = localized(
          """
          There is no description of a terminal of the kind "\(name)" on this machine: that of \(substitute) is used.
          """)
        return (substitute, description, remark)
      }
      throw error
    }
  }

  /// Terminals that are like one whose description is missing, the most similar first.
  static func substitutes(for name: String, _ environment: [String: String]) -> [String] {
    let xterms = ["xterm-256color", "xterm", "vt100"]
    if name.hasPrefix("tmux") || name.hasPrefix("screen") { return ["screen-256color", "screen"] + xterms }
    let families = [
      "xterm", "rxvt", "foot", "kitty", "alacritty", "wezterm", "ghostty", "konsole", "gnome", "vte", "st-",
      "contour",
      "mintty", "ms-terminal", "iterm", "putty", "nsterm",
    ]
    let isXterm = families.contains { name.hasPrefix($0) } || name.contains("256color")
    if isXterm || ColorChoice.isWindowsTerminal(environment) { return xterms }
    return ["vt", "linux", "ansi"].contains { name.hasPrefix($0) } ? ["vt100"] : []
  }

  /// One of the sequences of the terminal that is open; nil where it has none.
  static func sequence(_ capability: String) -> String? {
    // Absent is nil, and a name that is not a capability is −1.
    guard let text = tigetstr(capability), Int(bitPattern: text) != -1 else { return nil }
    return String(cString: text)
  }
}
