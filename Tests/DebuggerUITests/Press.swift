import DebuggerUI
import TerminalUI
import Testing

/// A key that a test presses; a printable one is written as its character.
struct Press: Hashable, Sendable, ExpressibleByExtendedGraphemeClusterLiteral, CustomTestStringConvertible {
  let key: Key

  private init(_ key: Key) { self.key = key }

  init(extendedGraphemeClusterLiteral character: Character) { key = .character(character) }

  static func character(_ character: Character) -> Press { Press(.character(character)) }
  static func control(_ character: Character) -> Press { Press(.control(character)) }
  static func function(_ number: Int) -> Press { Press(.function(number)) }

  /// The keys of the panes.
  static let panes = PaneTable.ids.prefix(9).indices.map { Press(.character(Character(String($0 + 1)))) }

  static let enter = Press(.enter)
  static let escape = Press(.escape)
  static let tab = Press(.tab)
  static let backTab = Press(.backTab)
  static let backspace = Press(.backspace)
  static let delete = Press(.delete)
  static let insert = Press(.insert)
  static let up = Press(.up)
  static let down = Press(.down)
  static let left = Press(.left)
  static let right = Press(.right)
  static let home = Press(.home)
  static let end = Press(.end)
  static let pageUp = Press(.pageUp)
  static let pageDown = Press(.pageDown)

  var testDescription: String { "\(key)" }
}
