/// What is sent to the terminal besides what ncurses sends.
package enum ControlSequences {
  /// Report drags, and mark pasted text.
  static let begin = mouseBegins + pasteBegins
  /// Report drags.
  static let mouseBegins = "\u{1b}[?1002h"
  /// Report nothing of the mouse, so that the terminal selects text by itself.
  static let mouseEnds = "\u{1b}[?1002l\u{1b}[?1006l\u{1b}[?1000l"
  /// Mark pasted text.
  static let pasteBegins = "\u{1b}[?2004h"
  /// Undoes `begin`, every other mouse mode, and an update that was not completed.
  static let end = "\u{1b}[?2026l\u{1b}[?1002l\u{1b}[?1006l\u{1b}[?1000l\u{1b}[?2004l"
  /// What follows is shown at once.
  static let updateBegins = "\u{1b}[?2026h"
  /// Up to here.
  static let updateEnds = "\u{1b}[?2026l"
  /// Asks what kind of terminal it is; every terminal answers.
  static let askKind = "\u{1b}[c"
  /// Breaks off a sequence that a crash left unfinished.
  static let cancel = "\u{18}"
  /// Cursor keys and keypad in their normal mode.
  static let normalKeys = "\u{1b}[?1l\u{1b}>"

  /// What brings a terminal back after a crash; `capabilities` are its own sequences for leaving the
  /// screen, showing the cursor and resetting colours.
  package static func reset(capabilities: [String], usesMouse: Bool) -> String {
    cancel + (usesMouse ? end : "") + capabilities.map(withoutPadding).joined() + normalKeys
  }

  /// The sequence without the delays that terminfo writes as `$<100/>`.
  package static func withoutPadding(_ sequence: String) -> String {
    var text = ""
    var rest = Substring(sequence)
    while let start = rest.firstIndex(of: "$") {
      let after = rest.index(after: start)
      guard after < rest.endIndex, rest[after] == "<", let end = rest[after...].firstIndex(of: ">") else {
        text += rest[...start]
        rest = rest[after...]
        continue
      }
      text += rest[..<start]
      rest = rest[rest.index(after: end)...]
    }
    return text + rest
  }
}
