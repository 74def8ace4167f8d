import Autograd
import Localization
import Trace

/// Finds a graph's nodes in the guide's hand-written network: which layer a node is, and how its lines differ from what is shown.
struct GuideReading {
  private let graph: ComputationGraph

  /// The guide's names in a graph.
  init(_ graph: ComputationGraph) { self.graph = graph }

  /// The names of the layer of a node; the loss has those of the last.
  func names(of node: ComputationGraph.Node) -> GuideNames {
    let layer = layer(of: node)
    guard isLinear(node), let first = node.inputs.first else { return GuideNames(layer: layer) }
    let input = graph.nodes[first]
    return GuideNames(
      layer: layer,
      input: input.kind == .operation
        ? "\(isLinear(input) ? "Z" : "A")\(self.layer(of: input))" : "X",
      module: node.group.map(GuideReading.call), hasBias: node.inputs.count > 2)
  }

  /// Whether a parameter is a weight that the guide has with its dimensions exchanged.
  func isTransposed(_ node: ComputationGraph.Node) -> Bool {
    graph.nodes.contains { isLinear($0) && $0.inputs.dropFirst().first == node.id }
  }

  /// How the lines of a node differ from what is shown of it.
  func notes(on node: ComputationGraph.Node, _ entry: Tape.Forward, loss: CrossEntropy?, isBackward: Bool)
    -> [String]
  {
    let names = names(of: node)
    if let own = entry.operation as? CrossEntropy { return notes(on: own, entry, names, isBackward) }
    guard isLinear(node), node.inputs.count > 1 else { return [] }
    let transposed = localized("\(names.w) is \(graph.nodes[node.inputs[1]].name).T")
    guard isBackward else { return [transposed] }
    return [
      transposed,
      loss?.reduction == .mean
        ? localized("(1/m) is already in d\(names.z)")
        : localized("no (1/m) here: d\(names.z) is the gradient of this loss as it is"),
    ]
  }

  private func notes(on loss: CrossEntropy, _ entry: Tape.Forward, _ names: GuideNames, _ isBackward: Bool)
    -> [String]
  {
    var notes: [String] = []
    switch loss.reduction {
    case .mean: if isBackward { notes.append(localized("what it passes on is d\(names.z) × (1/m)")) }
    case .sum: if !isBackward { notes.append(localized("here np.sum takes the place of np.mean")) }
    case .none: if !isBackward { notes.append(localized("here without np.mean: a loss for each sample")) }
    }
    if loss.labelSmoothing > 0 { notes.append(localized("here with label smoothing \(loss.labelSmoothing)")) }
    if entry.inputs.count > 2 { notes.append(localized("here with a weight for each class")) }
    return notes
  }

  /// How many linear maps there are up to a node, or up to the first that uses it.
  private func layer(of node: ComputationGraph.Node) -> Int {
    let user =
      node.kind == .operation
      ? node : graph.nodes.first { $0.kind == .operation && $0.inputs.contains(node.id) } ?? node
    return max(1, graph.nodes.count { isLinear($0) && $0.id <= user.id })
  }

  private func isLinear(_ node: ComputationGraph.Node) -> Bool {
    node.kind == .operation && node.operation == "linear"
  }

  /// A module as PyTorch's `forward` calls it: `self.encoder[0].fc1`.
  private static func call(_ path: String) -> String {
    path.split(separator: ".").reduce("self") { $0 + (Int($1) == nil ? ".\($1)" : "[\($1)]") }
  }
}
