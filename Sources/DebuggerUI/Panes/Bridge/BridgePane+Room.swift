import TerminalUI

extension BridgePane {
  static let minimum = Size(width: 34, height: 8)

  /// As many rows as its lines had when it was laid out last.
  static func wantedHeight(_ state: DebuggerState, width: Int) -> Int? {
    state.bridge.lineCount > 0 ? state.bridge.lineCount : nil
  }
}
