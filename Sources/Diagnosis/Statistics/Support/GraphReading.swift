import Trace

/// Who reads what in a step's graph.
struct GraphReading {
  /// A matrix of weights, and the operation that reads it.
  struct Weight {
    /// What was measured of it.
    let facts: ParameterFacts
    /// The sizes of its dimensions.
    let shape: [Int]
    /// The operation.
    let reader: ComputationGraph.Node
  }

  /// What changes the form of a tensor, or its element type, and not its numbers.
  static let views: Set<String> = [
    "view", "reshape", "flatten", "unflatten", "permute", "transpose", "squeeze", "unsqueeze", "contiguous",
    "to", "float", "type", "clone", "t", "movedim", "swapaxes", "expand", "chunk", "split",
  ]
  private static let tables: Set<String> = ["embedding", "embedding_bag"]

  private let graph: ComputationGraph
  /// The first operation that reads each node.
  private var readers: [Int?]
  /// Whether an operation with weights comes after each node.
  private var leads: [Bool]

  /// Reads a graph, once from its end to its start.
  init(_ graph: ComputationGraph) {
    self.graph = graph
    readers = Array(repeating: nil, count: graph.nodes.count)
    leads = Array(repeating: false, count: graph.nodes.count)
    for (place, node) in graph.nodes.enumerated().reversed() {
      let passesOn = leads[place] || isWeighted(node)
      for input in node.inputs where graph.nodes.indices.contains(input) {
        readers[input] = place
        if passesOn { leads[input] = true }
      }
    }
  }

  /// Whether the operation multiplies by a matrix of weights; a table of which it takes rows is none.
  func isWeighted(_ node: ComputationGraph.Node) -> Bool {
    node.kind == .operation && !GraphReading.tables.contains(node.bareOperation)
      && node.inputs.contains {
        graph.nodes.indices.contains($0) && graph.nodes[$0].kind == .parameter
          && graph.nodes[$0].shape.count > 1
      }
  }

  /// Whether an operation with weights comes after a node.
  func leadsToWeights(_ node: ComputationGraph.Node) -> Bool {
    leads.indices.contains(node.id) && leads[node.id]
  }

  /// The matrices of weights that were measured, in the order in which forward reads them.
  func weights(of step: StepFacts) -> [Weight] {
    let facts = Dictionary(step.parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let weights = graph.nodes.compactMap { node -> Weight? in
      guard node.kind == .parameter, node.shape.count > 1, let facts = facts[node.name],
        let reader = readers[node.id].map({ graph.nodes[$0] }),
        !GraphReading.tables.contains(reader.bareOperation)
      else { return nil }
      return Weight(facts: facts, shape: node.shape, reader: reader)
    }
    return weights.sorted { $0.reader.id < $1.reader.id }
  }

  /// What an operation is given, before views of it.
  func source(of node: ComputationGraph.Node) -> ComputationGraph.Node? {
    var place = node.inputs.first
    while let current = place, graph.nodes.indices.contains(current) {
      let node = graph.nodes[current]
      guard node.kind == .operation, GraphReading.views.contains(node.bareOperation) else { return node }
      // Every node comes after its inputs.
      place = node.inputs.first.flatMap { $0 < current ? $0 : nil }
    }
    return nil
  }
}

extension ComputationGraph.Node {
  /// The operator without the mark of working in place: `relu` of `relu_`.
  var bareOperation: String { operation.last == "_" ? String(operation.dropLast()) : operation }

  /// The first cell of a unit: a column of a matrix, a channel of images.
  func cell(ofUnit unit: Int, of count: Int) -> Int? {
    if shape.last == count { return unit }
    guard shape.count > 2, shape[1] == count else { return nil }
    return shape[2...].reduce(unit, &*)
  }
}

extension ParameterFacts {
  /// How large the step's update is against the weights; nil where the weights are 0 or it was not measured.
  var updateRatio: Float? {
    guard let updateNorm, norm > 0, norm.isFinite, updateNorm.isFinite else { return nil }
    return updateNorm / norm
  }
}

extension RunFacts {
  /// Whether several optimizers take turns, as in a GAN: then no loss has to fall, and some weights rest in each step.
  var hasSeveralOptimizers: Bool { (optimizerCount ?? 1) > 1 }

  /// What a user calls a class: its name, else its number.
  func className(_ place: Int) -> String {
    classNames.indices.contains(place) ? classNames[place] : "\(place)"
  }
}
