import TerminalUI

extension DebuggerState {
  /// Obeys a key while the help is open; false if it closes the help and is obeyed as ever.
  ///
  /// Letters and digits narrow the help down. Other characters do so once something is typed: before that they
  /// are the keys that the help is about.
  mutating func pressInHelp(_ key: Key) -> Bool {
    switch key {
    case .up: helpRow = max(0, helpRow - 1)
    case .down: helpRow = min(lastHelpRow, helpRow + 1)
    case .pageUp: helpRow = max(0, helpRow - 10)
    case .pageDown: helpRow = min(lastHelpRow, helpRow + 10)
    case .home: helpRow = 0
    case .end: helpRow = lastHelpRow
    case .function(1), .enter: overlay = nil
    case .escape where isHelpNarrowed: narrowHelp(TextInput())
    case .escape: overlay = nil
    case .character("?") where !isHelpNarrowed: overlay = nil
    case .character("/") where !isHelpNarrowed: narrowHelp(TextInput("/"))
    case .character(let character) where isHelpNarrowed || character.isLetter || character.isNumber:
      typeInHelp(key)
    case .backspace where isHelpNarrowed: typeInHelp(key)
    case .control("w"), .control("u"): typeInHelp(key)
    default: return false
    }
    return true
  }

  private var isHelpNarrowed: Bool { !helpSearch.isEmpty }

  private mutating func typeInHelp(_ key: Key) {
    var search = helpSearch
    _ = search.press(key)
    narrowHelp(search)
  }

  private mutating func narrowHelp(_ search: TextInput) { (helpSearch, helpRow) = (search, 0) }

  /// The first row of the help text when it is scrolled to its end.
  var lastHelpRow: Int {
    max(0, HelpOverlay.lines(matching: helpSearch.text, width: size.width).count - HelpOverlay.height(size))
  }
}
