import Trace

/// A network as the hand-written program has it: one operation after another, each with its arrays' names.
struct GuideNetwork {
  /// An activation function that the programs have.
  enum Activation: String {
    case relu, tanh, sigmoid, gelu, silu
  }

  /// A loss that the programs have.
  enum Loss: String {
    case crossEntropy = "cross_entropy"
    case meanSquare = "mse_loss"
    case binary = "binary_cross_entropy_with_logits"
  }

  /// What a node of the network is.
  enum Kind {
    case linear(inputs: Int, outputs: Int, hasBias: Bool)
    case activation(Activation)
    /// What the hand-written programs do not have.
    case other
  }

  /// A node of forward.
  struct Part {
    let node: ComputationGraph.Node
    let kind: Kind
    /// The number of the linear layer that it is or belongs to.
    let layer: Int
    /// The array that it reads, `A1`; `X` for the data.
    let input: String
    /// The array that it makes, `Z2`.
    let output: String

    var isLinear: Bool { if case .linear = kind { true } else { false } }
  }

  /// A parameter that is trained.
  struct Parameter {
    let name: String
    /// The hand-written name, `W1`; nil for one that the programs do not have.
    let short: String?
  }

  private(set) var parts: [Part] = []
  private(set) var parameters: [Parameter] = []
  /// The nodes of the loss.
  let losses: [ComputationGraph.Node]
  /// What the loss is; nil for one that the programs do not have.
  let loss: Loss?
  /// How many linear layers there are.
  private(set) var layerCount = 0

  /// Reads a graph.
  init(_ graph: ComputationGraph) {
    let operations = graph.nodes.filter { $0.kind == .operation }
    losses = operations.filter { $0.phase == .loss }
    loss = losses.count == 1 ? losses.first.flatMap { Loss(rawValue: $0.operation) } : nil
    var (arrays, names): ([Int: String], Set<String>) = ([:], [])
    var layers: [Int: Int] = [:]
    var shorts: [Int: String] = [:]
    var layer = 0
    for node in operations where node.phase == .forward {
      let kind = Self.kind(of: node, in: graph)
      if case .linear(_, _, let hasBias) = kind {
        // Weights that are used again keep their names.
        if layers[node.inputs[1]] == nil {
          layerCount += 1
          layers[node.inputs[1]] = layerCount
          shorts[node.inputs[1]] = "W\(layerCount)"
          if hasBias { shorts[node.inputs[2]] = "b\(layerCount)" }
        }
        layer = layers[node.inputs[1]] ?? layerCount
      }
      var output: String
      switch kind {
      case .linear: output = "Z\(layer)"
      case .activation: output = "A\(layer)"
      case .other: output = "H\(parts.count + 1)"
      }
      if !names.insert(output).inserted {
        output = "H\(parts.count + 1)"
        names.insert(output)
      }
      let input = node.inputs.lazy.compactMap { arrays[$0] }.first ?? "X"
      parts.append(Part(node: node, kind: kind, layer: layer, input: input, output: output))
      arrays[node.id] = output
    }
    parameters = graph.nodes.filter { $0.kind == .parameter }.map {
      Parameter(name: $0.name, short: shorts[$0.id])
    }
  }

  /// What the network computes, before the loss.
  var output: String { parts.last?.output ?? "X" }

  /// The array of the probabilities that the loss makes of the output.
  var probabilities: String {
    parts.contains { $0.output == "A\(layerCount)" } ? "P" : "A\(max(1, layerCount))"
  }

  private static func kind(of node: ComputationGraph.Node, in graph: ComputationGraph) -> Kind {
    if node.operation == "linear", node.inputs.count > 1 {
      let weight = graph.nodes[node.inputs[1]]
      return .linear(
        inputs: weight.shape.last ?? 0, outputs: weight.shape.first ?? 0, hasBias: node.inputs.count > 2)
    }
    return Activation(rawValue: node.operation).map { .activation($0) } ?? .other
  }
}

extension RunDescription {
  /// The graph of a step of this network as far as its description says: layers with ReLU between them, and
  /// cross-entropy. It stands in until a step has run.
  package var presumedGraph: ComputationGraph? {
    let sizes = network.split(separator: "→").compactMap { Int($0) }
    let weights = parameterNames.filter { $0.hasSuffix(".weight") }
    guard sizes.count > 1, weights.isEmpty || weights.count == sizes.count - 1 else { return nil }
    var nodes: [ComputationGraph.Node] = []
    func add(
      _ name: String, _ operation: String, _ kind: ComputationGraph.Node.Kind, _ group: String?,
      _ shape: [Int],
      _ inputs: [Int] = [], _ phase: Phase = .forward
    ) -> Int {
      nodes.append(
        ComputationGraph.Node(
          id: nodes.count, name: name, operation: operation, kind: kind, group: group, shape: shape,
          inputs: inputs, phase: phase))
      return nodes.count - 1
    }
    var last = add("x", "x", .input, nil, [batchSize, sizes[0]])
    for layer in 1..<sizes.count {
      let module = weights.isEmpty ? "fc\(layer)" : String(weights[layer - 1].dropLast(7))
      let weight = add("\(module).weight", "weight", .parameter, module, [sizes[layer], sizes[layer - 1]])
      let hasBias = weights.isEmpty || parameterNames.contains("\(module).bias")
      let bias = hasBias ? [add("\(module).bias", "bias", .parameter, module, [sizes[layer]])] : []
      last = add(
        "\(module).linear", "linear", .operation, module, [batchSize, sizes[layer]], [last, weight] + bias)
      guard layer < sizes.count - 1 else { continue }
      last = add("\(module).relu", "relu", .operation, module, [batchSize, sizes[layer]], [last])
    }
    let targets = add("y", "y", .input, nil, [batchSize], [], .loss)
    _ = add("cross_entropy", "cross_entropy", .operation, nil, [], [last, targets], .loss)
    return ComputationGraph(nodes: nodes)
  }
}
