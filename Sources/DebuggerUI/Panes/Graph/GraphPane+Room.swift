import TerminalUI

extension GraphPane {
  static let minimum = Size(width: 46, height: 7)

  /// As many rows as the graph has where all is said of each node.
  static func wantedHeight(_ state: DebuggerState, width: Int) -> Int? {
    let graph = state.graph
    guard graph.detail == GraphPaneState.Detail.allCases.last, graph.layout.size.height > 0 else {
      return nil
    }
    return graph.layout.size.height
  }
}
