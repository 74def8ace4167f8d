import TerminalUI
import Trace

/// The laid-out graph, kept from frame to frame: laying out is done only when the graph or the room changes.
public struct GraphPaneState: Sendable {
  /// How much is said of each node; as much as there is room for.
  public enum Detail: Int, Sendable, CaseIterable {
    /// The name and a magnitude.
    case brief
    /// The shape too.
    case full
  }

  /// Columns kept for a node's magnitude, so that the layout stays while the numbers change.
  static let magnitudeWidth = 7

  public private(set) var layout = GraphLayout([])
  public private(set) var detail = Detail.brief
  public var scroll = GraphPoint(x: 0, y: 0)
  private var graph = ComputationGraph()
  private var width = -1

  /// A pane without a graph.
  public init() {}

  /// Lays the graph out again if it or the pane's width is another.
  mutating func arrange(_ graph: ComputationGraph, width: Int) {
    guard graph != self.graph || width != self.width else { return }
    (self.graph, self.width) = (graph, width)
    for detail in Detail.allCases {
      let candidate = GraphLayout(graph.nodes.map { GraphPaneState.box($0, detail) })
      guard detail == .brief || candidate.size.width <= width else { return }
      (layout, self.detail) = (candidate, detail)
    }
  }

  /// Moves the view so that the node is seen.
  mutating func show(_ node: Int, in view: Size) {
    scroll = layout.scroll(showing: node, in: view, from: scroll)
  }

  private static func box(_ node: ComputationGraph.Node, _ detail: Detail) -> GraphBox {
    GraphBox(
      width: text(of: node, detail).count + 1 + magnitudeWidth, inputs: node.inputs, group: node.group)
  }

  /// What stands on the left of a node's line.
  static func text(of node: ComputationGraph.Node, _ detail: Detail) -> String {
    detail == .full ? "\(node.name) \(ShapeText.of(node.shape))" : node.name
  }
}
