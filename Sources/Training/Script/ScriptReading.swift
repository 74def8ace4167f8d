import Autograd
import Trace

/// A node of a script's step and its neighbours, on a tape as if the engine had run them.
struct ScriptReading {
  /// The operators around the node, in forward and in backward, as far as it has run.
  private(set) var tape = Tape()
  /// The graph with the tensors around the node.
  private(set) var reading: TapeReading
  /// The node.
  let node: ComputationGraph.Node
  /// The engine's operators, by the nodes that they computed.
  private(set) var steps: [Int: ForwardStep] = [:]
  /// Why other nodes have none.
  private(set) var obstacles: [Int: EngineCall.Obstacle] = [:]
  /// The operators that use the node.
  let users: [Int]
  let tensors: StepTensors

  private let question: ExplanationQuestion

  /// The nodes whose calls are needed.
  static func neighbours(of node: ComputationGraph.Node, in question: ExplanationQuestion) -> [Int] {
    let users = ScriptReading.users(of: node, in: question)
    let near = [node.id] + users + node.inputs
    return near.filter { id in
      question.graph.nodes[id].kind == .operation && question.states[id].progress != .waiting
    }
  }

  private static func users(of node: ComputationGraph.Node, in question: ExplanationQuestion) -> [Int] {
    question.graph.nodes.filter { $0.kind == .operation && $0.inputs.contains(node.id) }.map(\.id)
  }

  /// Makes the engine's operators of the calls in a question.
  init(_ question: ExplanationQuestion, _ node: ComputationGraph.Node) {
    self.question = question
    self.node = node
    users = ScriptReading.users(of: node, in: question)
    tensors = StepTensors(question.known)
    reading = TapeReading(names: ModelNames())
    for id in ScriptReading.neighbours(of: node, in: question).sorted() where steps[id] == nil { add(id) }
    addBackward()
    read()
  }

  /// Whether backward has reached a node.
  func hasGradient(_ id: Int) -> Bool {
    switch question.states[id].progress {
    case .backward, .updated: true
    case .waiting, .forward, .failed: false
    }
  }

  // MARK: Forward

  private mutating func add(_ id: Int) {
    guard let call = question.calls[id] ?? nil,
      (call.tensors + call.results).allSatisfy({ question.graph.nodes.indices.contains($0.node) })
    else {
      obstacles[id] = .notSeen
      return
    }
    guard let result = call.results.first, let dtype = DType(torch: result.dtype),
      (call.tensors + call.results).allSatisfy({ $0.shape.count <= Shape.maximumRank })
    else {
      obstacles[id] = .option("dtype")
      return
    }
    do {
      let output = tensors.tensor(StepTensor(id, .value), result.shape, dtype)
      let engine = EngineCall(call: call, drawn: output) { [tensors] in tensors.value(of: $0) }
      let step = try engine.step()
      step.tie(output)
      steps[id] = step
      let graphNode = question.graph.nodes[id]
      tape.add(
        Tape.Forward(
          operation: step.operation, inputs: step.inputs, output: output, module: nil, phase: graphNode.phase,
          location: step.location))
    } catch let obstacle as EngineCall.Obstacle {
      obstacles[id] = obstacle
    } catch {
      obstacles[id] = .unknown
    }
  }

  // MARK: Backward

  private mutating func addBackward() {
    for id in steps.keys.sorted(by: >) where hasGradient(id) {
      guard let step = steps[id], let output = tensors.made(StepTensor(id, .value)), let made = output.node
      else { continue }
      let upstream = tensors.tensor(StepTensor(id, .gradient), Array(output.shape), output.dtype)
      let passed = step.inputs.map { input -> Tensor? in
        guard let place = tensors.places[ObjectIdentifier(input)], place.output == 0, hasGradient(place.node),
          input.dtype.isFloatingPoint
        else { return nil }
        return tensors.tensor(StepTensor(place.node, .gradient), Array(input.shape), input.dtype)
      }
      tape.add(Tape.Backward(node: made, upstream: upstream, contributions: passed))
    }
  }

  /// The magnitude of a gradient that a contribution tells; nil where several make it up.
  func norm(of tensor: Tensor) -> Float? {
    guard let place = tensors.places[ObjectIdentifier(tensor)] else { return nil }
    let isSole = question.graph.nodes.count { $0.inputs.contains(place.node) && hasGradient($0.id) } == 1
    guard place.node == node.id || steps[place.node] != nil || isSole else { return nil }
    return question.states[place.node].gradientNorm
  }

  // MARK: The graph

  private mutating func read() {
    var values: [Int: Tensor] = [:]
    var nodeOfTensor: [ObjectIdentifier: Int] = [:]
    var further: [ObjectIdentifier: String] = [:]
    if node.kind != .operation || steps[node.id] == nil {
      _ = tensors.tensor(StepTensor(node.id, .value), node.shape, .float32)
    }
    for (identity, place) in tensors.places where place.view == .value {
      guard question.graph.nodes.indices.contains(place.node), let tensor = tensors.made(place) else {
        continue
      }
      guard place.output == 0 else {
        further[identity] = "\(question.graph.nodes[place.node].name)#\(place.output)"
        continue
      }
      nodeOfTensor[identity] = place.node
      values[place.node] = tensor
    }
    let place = StepTensor(node.id, .gradient)
    var gradient: Tensor?
    if let shown = question.known[place], let value = values[node.id] {
      gradient = tensors.tensor(place, shown.shape, value.dtype)
    }
    let all = question.graph.nodes.indices.map { id in
      TapeReading.Tensors(
        value: values[id], gradient: id == node.id ? gradient : nil, progress: question.states[id].progress)
    }
    reading = TapeReading(
      question.graph, all, nodeOfTensor: nodeOfTensor, furtherNames: further, partial: tensors.partial)
  }
}
