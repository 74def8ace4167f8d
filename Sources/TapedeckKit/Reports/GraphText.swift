import Trace

/// A computation graph as lines, as JSON, or in Graphviz's DOT language.
package struct GraphText {
  private let graph: ComputationGraph

  /// A text of a graph.
  package init(_ graph: ComputationGraph) { self.graph = graph }

  /// One line per node: its name, shape, and what it is computed from.
  package var lines: [String] {
    let width = graph.nodes.map(\.name.count).max() ?? 0
    return graph.nodes.map { node in
      let padding = String(repeating: " ", count: width - node.name.count)
      let inputs = node.inputs.map { graph.nodes[$0].name }.joined(separator: ", ")
      return "\(node.name)\(padding)  \(node.shape)" + (inputs.isEmpty ? "" : "  ← \(inputs)")
        + (node.location.map { "  \($0)" } ?? "") + (node.remark.map { "  \($0)" } ?? "")
    }
  }

  /// One JSON object with the nodes in the order in which they ran.
  package func json() -> String {
    let nodes = graph.nodes.map { node in
      JSON([
        "id": node.id, "name": node.name, "operation": node.operation, "kind": node.kind.rawValue,
        "phase": node.phase.name, "group": node.group, "location": node.location, "shape": node.shape,
        "inputs": node.inputs,
      ])
    }
    return JSON(["nodes": nodes]).text()
  }

  /// A `digraph` for `dot -Tsvg`, a cluster for each module.
  package var dot: String {
    let groups = Dictionary(grouping: graph.nodes.filter { $0.group != nil }) { $0.group ?? "" }
    let clusters = groups.keys.sorted().enumerated().map { number, group in
      let inside = (groups[group] ?? []).map { "    \(declaration($0))" }.joined(separator: "\n")
      return "  subgraph cluster_\(number) {\n    label=\(quoted(group));\n\(inside)\n  }"
    }
    let outside = graph.nodes.filter { $0.group == nil }.map { "  \(declaration($0))" }
    let edges = graph.nodes.flatMap { node in node.inputs.map { "  n\($0) -> n\(node.id);" } }
    return
      (["digraph tapedeck {", "  node [shape=box, fontname=\"monospace\"];"] + clusters + outside + edges
      + ["}"]).joined(separator: "\n")
  }

  private func declaration(_ node: ComputationGraph.Node) -> String {
    let style =
      switch node.kind {
      case .input: ", style=rounded"
      case .parameter: ", style=\"rounded,bold\""
      case .operation: ""
      }
    return "n\(node.id) [label=\(quoted("\(node.name)\n\(node.shape)"))\(style)];"
  }

  private func quoted(_ text: String) -> String {
    let escaped = text.flatMap { character -> [Character] in
      switch character {
      case "\"": ["\\", "\""]
      case "\\": ["\\", "\\"]
      case "\n": ["\\", "n"]
      default: [character]
      }
    }
    return "\"\(String(escaped))\""
  }
}
