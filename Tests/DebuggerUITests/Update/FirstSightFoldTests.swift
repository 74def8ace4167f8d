import DebuggerUI
import TerminalUI
import Testing
import Trace

/// A large graph is folded to what fits when it is first seen, and as the user wants it from then on.
struct FirstSightFoldTests {
  /// Blocks of layers, `layer1.0.conv` and so on, one after the other.
  private func graph(layers: Int, blocks: Int) -> ComputationGraph {
    var nodes = [ComputationGraph.Node(id: 0, name: "x", operation: "x", kind: .input, shape: [1])]
    for layer in 1...layers {
      for block in 0..<blocks {
        for operation in ["conv", "norm", "relu"] {
          let group = "layer\(layer).\(block).\(operation)"
          nodes.append(
            .init(
              id: nodes.count, name: "\(group).\(operation)", operation: operation, kind: .operation,
              group: group, shape: [1], inputs: [nodes.count - 1]))
        }
      }
    }
    return ComputationGraph(nodes: nodes)
  }

  @Test func aLargeGraphIsFoldedUntilItFits() {
    var pane = GraphPaneState()
    pane.arrange(graph(layers: 4, blocks: 20), in: Size(width: 60, height: 20))
    #expect(pane.layout.size.height <= 20)
    #expect(pane.folded.contains("layer1") && pane.folded.contains("layer4"))
    // Where there is more room, fewer levels are folded.
    pane.arrange(graph(layers: 4, blocks: 20), in: Size(width: 60, height: 400))
    #expect(!pane.folded.contains("layer1") && pane.folded.contains("layer1.0"))
  }

  @Test func theModuleThatTheRunIsInIsOpen() {
    var pane = GraphPaneState()
    let graph = graph(layers: 4, blocks: 20)
    pane.arrange(graph, in: Size(width: 60, height: 20), at: "layer2.3.conv")
    #expect(!pane.folded.contains("layer2") && !pane.folded.contains("layer2.3.conv"))
    #expect(pane.folded.contains("layer2.4") && pane.folded.contains("layer1"))
    pane.arrange(graph, in: Size(width: 60, height: 20), at: "layer3.0.conv")
    #expect(pane.folded.contains("layer2") && !pane.folded.contains("layer3"))
  }

  @Test func aSmallGraphIsNotFolded() {
    var pane = GraphPaneState()
    pane.arrange(graph(layers: 2, blocks: 3), in: Size(width: 60, height: 10))
    #expect(pane.folded.isEmpty)
  }
}
