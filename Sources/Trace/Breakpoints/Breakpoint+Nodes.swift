import Localization

extension Breakpoint {
  /// The names of all nodes in it: its place, and those that its condition measures.
  package var nodes: [String] {
    [node].compactMap(\.self) + (condition?.measured.map(\.tensor.node) ?? [])
  }

  /// The functions whose units saturate.
  private static let saturating: Set<String> = ["tanh", "sigmoid"]

  /// What it measures and never has a value in a graph that has its node, and a sentence without a full stop that says why; nil
  /// for nothing.
  package func obstacle(in graph: ComputationGraph) -> (node: String, sentence: String)? {
    let isSaturating = { (node: ComputationGraph.Node) in Breakpoint.saturating.contains(node.operation) }
    let wrong = condition?.measured.first { measure, tensor in
      guard measure == .saturated, let node = graph.node(named: tensor.node) else { return false }
      return tensor.view != .value || !isSaturating(node)
    }
    guard let tensor = wrong?.tensor else { return nil }
    let names = graph.nodes.filter(isSaturating).prefix(3).map(\.name).joined(separator: ", ")
    let sentence =
      names.isEmpty
      ? localized(
        "saturated() needs the output of tanh or sigmoid, which \(tensor.text) is not; this run has none")
      : localized(
        "saturated() needs the output of tanh or sigmoid, such as \(names), which \(tensor.text) is not")
    return (tensor.node, sentence)
  }
}

extension Condition {
  /// What it measures. Conditions are as deep as what a user types.
  fileprivate var measured: [(measure: Measure, tensor: TensorReference)] {
    var (rest, found): ([Condition], [(Measure, TensorReference)]) = ([self], [])
    while let condition = rest.popLast() {
      switch condition {
      case .comparison(.measure(let measure, let tensor), _, _): found.append((measure, tensor))
      case .comparison, .nan, .infinite: break
      case .and(let left, let right), .or(let left, let right): rest += [right, left]
      }
    }
    return found
  }
}
