import TerminalUI

extension OutputPane {
  /// Only scripts write.
  static func hasContent(_ state: DebuggerState) -> Bool {
    state.description?.isScript == true || !state.output.lines.isEmpty
  }
}
