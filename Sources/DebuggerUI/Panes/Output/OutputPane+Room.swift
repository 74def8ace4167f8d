import TerminalUI

extension OutputPane {
  static let minimum = Size(width: 34, height: 10)

  /// Only scripts write.
  static func hasContent(_ state: DebuggerState) -> Bool {
    state.description?.isScript == true || !state.output.lines.isEmpty
  }
}
