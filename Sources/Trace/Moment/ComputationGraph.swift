/// What one step computed, and from what: the nodes in the order in which they ran.
package struct ComputationGraph: Sendable, Equatable, Codable {
  /// The nodes; every node comes after its inputs.
  package var nodes: [Node]

  /// A graph of nodes whose `id` is their place in the list.
  package init(nodes: [Node] = []) { self.nodes = nodes }

  /// The node with a name, `fc1.linear`.
  package func node(named name: String) -> Node? { nodes.first { $0.name == name } }

  /// What a node is computed from, as a call: `linear(x, fc1.weight, fc1.bias)`; for leaves the name.
  package func call(of node: Node) -> String {
    guard node.kind == .operation else { return node.name }
    let inputs = node.inputs.filter(nodes.indices.contains).map { nodes[$0].name }
    return "\(node.operation)(\(inputs.joined(separator: ", ")))"
  }

  /// The layers whose bias is the same for all samples.
  private static let biased: Set<String> = [
    "linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d",
  ]

  /// The biases that only batch normalizations follow: these subtract the mean, and the bias with it, so that its gradient
  /// is 0 but for rounding.
  package var biasesBeforeBatchNorm: Set<String> {
    var consumers = [[Int]](repeating: [], count: nodes.count)
    for node in nodes {
      for input in node.inputs where consumers.indices.contains(input) { consumers[input].append(node.id) }
    }
    func isNormalized(_ layer: Int) -> Bool {
      ComputationGraph.biased.contains(nodes[layer].operation) && !consumers[layer].isEmpty
        && consumers[layer].allSatisfy {
          nodes[$0].operation == "batch_norm" && nodes[$0].inputs.first == layer
        }
    }
    let biases = nodes.indices.filter {
      nodes[$0].kind == .parameter && nodes[$0].operation == "bias" && !consumers[$0].isEmpty
        && consumers[$0].allSatisfy(isNormalized)
    }
    return Set(biases.map { nodes[$0].name })
  }

  /// One node: an operation, or a tensor that the computation starts from.
  package struct Node: Sendable, Equatable, Identifiable, Codable {
    /// What a node is.
    package enum Kind: String, Sendable, Equatable, Codable {
      /// Data given to the model or the loss.
      case input
      /// A tensor that is trained.
      case parameter
      /// A computed value.
      case operation
    }

    /// Its place in the graph.
    package var id: Int
    /// Its name, unique in the graph: `fc1.linear`.
    package var name: String
    /// The operator in PyTorch's words, `linear`; for leaves the name's last part.
    package var operation: String
    /// What kind of node it is.
    package var kind: Kind
    /// The module it belongs to, `fc1`; nil outside any.
    package var group: String?
    /// The sizes of the value's dimensions.
    package var shape: [Int]
    /// The nodes it was computed from, by id.
    package var inputs: [Int]
    /// The phase that computes it.
    package var phase: Phase
    /// Where the user's code called the operator, `File.swift:12`.
    package var location: String?
    /// What is wrong with it, in a few words: `not listed by its module`; nil for nothing.
    package var remark: String?

    /// A node of a graph.
    package init(
      id: Int, name: String, operation: String, kind: Kind, group: String? = nil, shape: [Int],
      inputs: [Int] = [], phase: Phase = .forward, location: String? = nil
    ) {
      self.id = id
      self.name = name
      self.operation = operation
      self.kind = kind
      self.group = group
      self.shape = shape
      self.inputs = inputs
      self.phase = phase
      self.location = location
    }
  }
}
