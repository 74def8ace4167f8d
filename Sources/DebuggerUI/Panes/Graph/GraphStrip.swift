import TerminalUI
import Trace

/// How a node's values are spread, in a few columns of its label.
enum GraphStrip {
  /// The columns that a strip may have: a bin in each, or two.
  static let widths = [ValueSketch.binCount, ValueSketch.binCount / 2]

  /// The widest strip for which there is room; empty where the node's values are not known.
  static func line(_ node: NodeState, room: Int, _ state: DebuggerState) -> TextLine {
    guard let sketch = node.sketch, let width = widths.first(where: { $0 <= room }) else { return TextLine() }
    let bins = (0..<ValueSketch.binCount).map { sketch.bins[$0] }
    return ValueStrip.line(
      bins, low: sketch.low, high: sketch.high, width: width, colorMap: state.nodePane.colorMap,
      on: state.themeChoice.theme)
  }

  /// The spaces between a strip and the magnitude, so that the strip does not move when the number changes.
  static func gap(
    before number: TextLine, _ node: ComputationGraph.Node, _ detail: GraphPaneState.Detail
  ) -> TextLine {
    guard GraphPaneState.showsMagnitude(of: node, detail) else { return TextLine() }
    return TextLine(String(repeating: " ", count: 1 + max(0, GraphPaneState.magnitudeWidth - number.width)))
  }
}
