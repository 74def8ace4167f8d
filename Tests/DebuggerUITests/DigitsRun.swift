import Trace

/// A run of the digits network made by hand: the values that a debugger would be given.
enum DigitsRun {
  static let parameterNames = ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"]

  static let description = RunDescription(
    data: "digits", network: "64→128→10", optimizer: "SGD lr 0.1 momentum 0.9", batchSize: 64, seed: 42,
    epochs: 20, stepsPerEpoch: 24, parameterNames: parameterNames)

  static let graph = ComputationGraph(nodes: [
    .init(id: 0, name: "x", operation: "x", kind: .input, shape: [64, 64]),
    .init(
      id: 1, name: "fc1.weight", operation: "weight", kind: .parameter, group: "fc1", shape: [128, 64]),
    .init(id: 2, name: "fc1.bias", operation: "bias", kind: .parameter, group: "fc1", shape: [128]),
    .init(
      id: 3, name: "fc1.linear", operation: "linear", kind: .operation, group: "fc1", shape: [64, 128],
      inputs: [0, 1, 2]),
    .init(
      id: 4, name: "fc1.relu", operation: "relu", kind: .operation, group: "fc1", shape: [64, 128],
      inputs: [3]),
    .init(
      id: 5, name: "fc2.weight", operation: "weight", kind: .parameter, group: "fc2", shape: [10, 128]),
    .init(id: 6, name: "fc2.bias", operation: "bias", kind: .parameter, group: "fc2", shape: [10]),
    .init(
      id: 7, name: "fc2.linear", operation: "linear", kind: .operation, group: "fc2", shape: [64, 10],
      inputs: [4, 5, 6]),
    .init(id: 8, name: "y", operation: "y", kind: .input, shape: [64], phase: .loss),
    .init(
      id: 9, name: "cross_entropy", operation: "cross_entropy", kind: .operation, shape: [], inputs: [7, 8],
      phase: .loss),
  ])

  /// The nodes of each phase, by id, in the order in which they run.
  static func order(_ phase: Phase) -> [Int] {
    switch phase {
    case .batch, .zeroGrad: [0]
    case .forward: [3, 4, 7]
    case .loss: [9]
    case .backward: [9, 7, 4, 3]
    case .update: [1, 2, 5, 6]
    }
  }

  /// The parameters whose gradient is complete once that node's backward has run.
  private static let parametersOf = [3: [1, 2], 7: [5, 6]]

  /// The moment after the node with that number in the phase has run.
  static func moment(
    _ phase: Phase, _ node: Int, step: Int = 300, focus: Focus = Focus(), isPlaying: Bool = false
  ) -> Moment {
    let position = Position(step: step, phase: phase, node: node)
    let states = states(at: position)
    let current = order(phase)[node]
    let (shown, view) = focus.resolved(in: graph, at: position, current: current, isPlaying: isPlaying)
    return Moment(
      position: position, current: current, graph: graph, states: states,
      phaseNodeCount: order(phase).count, parameters: parameters(states),
      focus: shown.flatMap { snapshot($0, view, states[$0.id]) },
      loss: phase >= .loss ? 0.2143 : nil, batch: batch(phase),
      explanation: shown.map { explanation($0, phase) })
  }

  /// Four samples of 8×8 pixels; the third is taken for another digit.
  private static func batch(_ phase: Phase) -> BatchSnapshot {
    let samples = [(7, 7), (3, 3), (4, 9), (0, 0)].enumerated().map { index, sample in
      var shown = BatchSnapshot.Sample(
        index: index * 11, label: sample.0, prediction: phase >= .loss ? sample.1 : nil,
        probability: phase >= .loss ? 0.61 : nil,
        values: (0..<64).map { Float(($0 * (index + 3)) % 17) / 16 })
      if phase >= .loss {
        shown.probabilities = (0..<10).map { $0 == sample.1 ? 0.61 : 0.39 / 9 }
      }
      return shown
    }
    return BatchSnapshot(
      samples: samples, count: 64, correctCount: phase >= .loss ? 61 : nil,
      imageSize: BatchSnapshot.ImageSize(rows: 8, columns: 8))
  }

  private static func explanation(_ node: ComputationGraph.Node, _ phase: Phase) -> Explanation {
    guard phase >= .backward, node.name == "fc2.linear" else {
      var explanation = Explanation(
        numpy: ["Z1 = X @ W1 + b1"], pytorch: "x = self.fc1(x)", formula: "Y = X · Wᵀ + b")
      if phase >= .backward, node.name == "cross_entropy" { explanation.classFactor = 1.0 / 64 }
      return explanation
    }
    func piece(_ target: String, _ shape: [Int], _ norm: Float) -> Explanation.Contribution {
      Explanation.Contribution(
        source: node.name, target: target, upstreamShape: [64, 10], upstreamNorm: 0.76, shape: shape,
        norm: norm,
        number: 1, count: 1)
    }
    return Explanation(
      numpy: ["dW2 = (1/m) * A1.T @ dZ2", "db2 = (1/m) * np.sum(dZ2, axis=0)", "dA1 = dZ2 @ W2.T"],
      pytorch: "loss.backward()", formula: "Y = X · Wᵀ + b",
      derivative: "∂X = G · W, ∂W = Gᵀ · X, ∂b = Σ G over the batch",
      contributions: [
        piece("fc1.relu", [64, 128], 0.091), piece("fc2.weight", [10, 128], 0.053),
        piece("fc2.bias", [10], 0.0033),
      ])
  }

  private static func states(at position: Position) -> [NodeState] {
    var states = [NodeState](repeating: NodeState(), count: graph.nodes.count)
    func reached(_ phase: Phase) -> ArraySlice<Int> {
      let order = order(phase)
      return position.phase > phase
        ? order[...] : position.phase == phase ? order[...position.node] : []
    }
    for id in reached(.batch) + reached(.forward) + reached(.loss) {
      for id in [id] + graph.nodes[id].inputs where states[id].valueNorm == nil {
        states[id] = NodeState(progress: .forward, valueNorm: norm(id))
      }
    }
    for id in reached(.backward) {
      for id in [id] + (parametersOf[id] ?? []) {
        states[id].progress = .backward
        states[id].gradientNorm = norm(id) / 97
      }
    }
    for id in reached(.update) { states[id].progress = .updated }
    return states
  }

  private static func norm(_ id: Int) -> Float { [38, 16, 0.7, 92, 61, 5.1, 0.32, 74, 42, 0.2143][id] }

  private static func parameters(_ states: [NodeState]) -> [ParameterSnapshot] {
    graph.nodes.filter { $0.kind == .parameter }.map { node in
      ParameterSnapshot(
        name: node.name, weightNorm: norm(node.id), gradientNorm: states[node.id].gradientNorm,
        updateRatio: states[node.id].progress == .updated ? 0.0012 : nil)
    }
  }

  private static func snapshot(
    _ node: ComputationGraph.Node, _ view: TensorView, _ state: NodeState
  ) -> TensorSnapshot? {
    switch view {
    case .value where state.valueNorm == nil: return nil
    case .gradient where state.gradientNorm == nil: return nil
    case .update where state.progress != .updated: return nil
    default: break
    }
    let isPositive = node.name == "x" || node.name == "fc1.relu" && view == .value
    return TensorSnapshot(
      node: node.name, view: view, shape: node.shape,
      values: Numbers.values(count: node.shape.reduce(1, *), seed: UInt32(node.id + 1), isPositive))
  }
}

/// Numbers that look like a tensor's and are the same everywhere: no function of the C library makes them.
enum Numbers {
  /// Sums of three uniform draws about 0; where `isPositive`, those below 0 are 0.
  static func values(count: Int, seed: UInt32, _ isPositive: Bool = false) -> [Float] {
    var state = seed &* 2_654_435_761 | 1
    func draw() -> Float {
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(state >> 16) / 65_536 - 0.5
    }
    return (0..<count).map { _ in
      let value = (draw() + draw() + draw()) * 0.25
      return isPositive ? max(0, value) : value
    }
  }
}
