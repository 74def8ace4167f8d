import Autograd
import Trace

/// Names the cells of a step's tensors: as the guide's hand-written network does where the graph is one of its kind,
/// else by the nodes' names.
struct CellNames {
  private let graph: ComputationGraph
  private let guide: GuideReading
  /// Whether the graph is made of what the guide's network has.
  private let isGuideLike: Bool

  /// The names in a graph.
  init(_ graph: ComputationGraph) {
    self.graph = graph
    guide = GuideReading(graph)
    let operations = graph.nodes.filter { $0.kind == .operation }
    isGuideLike =
      operations.contains { $0.operation == "linear" }
      && operations.allSatisfy { CellNames.ofTheGuide.contains($0.operation) }
  }

  /// Of the activations those whose networks are named as the guide's.
  private static let activations: Set = ["relu", "tanh", "sigmoid", "gelu", "silu", "leaky_relu"]
  private static let losses: Set = [
    "cross_entropy", "mse_loss", "l1_loss", "binary_cross_entropy_with_logits",
  ]
  private static let ofTheGuide = activations.union(losses).union(["linear"])

  /// A node's tensor as a matrix: `W1`, whose rows and columns are those of PyTorch exchanged.
  func matrix(_ id: Int, _ view: TensorView) -> (name: String, isTransposed: Bool) {
    let node = graph.nodes[id]
    if let name = guideName(of: node, view) { return (name, guide.isTransposed(node)) }
    return (view == .gradient ? "∇\(node.name)" : node.name, false)
  }

  /// A cell of a node's tensor: `Z1[3,17]`, `dW1[0,17]`, `fc1.linear[3,17]`, `∇fc1.linear[3,17]`.
  func name(_ id: Int, _ view: TensorView, _ cell: Int, in shape: Shape) -> String {
    let (name, isTransposed) = matrix(id, view)
    var index = shape.index(of: cell)
    if isTransposed { index.reverse() }
    // The guide writes a scalar without an index.
    if index.isEmpty, guideName(of: graph.nodes[id], view) != nil { return name }
    return name + CellIndex.text(index)
  }

  /// The guide's name of a node's tensor or of its gradient, `dW1`; nil where the guide has none.
  private func guideName(of node: ComputationGraph.Node, _ view: TensorView) -> String? {
    guard isGuideLike, let letter = letter(of: node) else { return nil }
    return view == .gradient ? "d\(letter)" : letter
  }

  /// Whether a node is what the network is given; a script has names of its own for it.
  private func isData(_ node: ComputationGraph.Node) -> Bool {
    node.name == "x" || graph.nodes.contains { $0.operation == "linear" && $0.inputs.first == node.id }
  }

  /// Whether a node is what the loss compares with.
  private func isTarget(_ node: ComputationGraph.Node) -> Bool {
    node.name == "y"
      || graph.nodes.contains {
        CellNames.losses.contains($0.operation) && $0.inputs.dropFirst().first == node.id
      }
  }

  /// The guide's name of a node's tensor; nil where the guide has none.
  private func letter(of node: ComputationGraph.Node) -> String? {
    let names = guide.names(of: node)
    switch node.kind {
    case .input: return isData(node) ? "X" : isTarget(node) ? "y" : nil
    case .parameter: return ["weight": names.w, "bias": names.b][node.operation]
    case .operation:
      if node.operation == "linear" { return names.z }
      return CellNames.activations.contains(node.operation) ? names.a : "loss"
    }
  }
}
