import TerminalUI

extension NodePane {
  static let minimum = Size(width: 34, height: 9)
}
