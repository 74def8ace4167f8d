import TerminalUI

extension BridgePane {
  static let minimum = Size(width: 34, height: 8)
}
