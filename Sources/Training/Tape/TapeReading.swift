import Autograd
import NN
import Trace

/// What is worked out from a tape: the graph with its names, and each node's tensors.
struct TapeReading {
  /// The tensors of one node of the graph.
  struct Tensors {
    var value: Tensor?
    var gradient: Tensor?
    var before: Tensor?
    var progress = NodeState.Progress.waiting
  }

  private(set) var graph = ComputationGraph()
  private(set) var tensors: [Tensors] = []
  /// The graph's node of each tensor on the tape.
  private(set) var nodeOfTensor: [ObjectIdentifier: Int] = [:]

  private let names: ModelNames
  private var nameCounts: [String: Int] = [:]
  /// How many forward entries have been read.
  private var forwardCount = 0

  /// Reads a tape with the names of the model that made it.
  init(_ tape: Tape, names: ModelNames) {
    self.init(names: names)
    follow(tape, upTo: tape.forward.count)
    addGradients(tape)
    for update in tape.updates {
      guard let id = nodeOfTensor[ObjectIdentifier(update.parameter)] else { continue }
      tensors[id].before = update.before
      tensors[id].progress = .updated
    }
  }

  /// An empty reading, which can ``follow(_:upTo:)`` forward while it runs.
  init(names: ModelNames) { self.names = names }

  /// Reads the forward entries that have not been read, up to a place on the tape.
  mutating func follow(_ tape: Tape, upTo end: Int) {
    if forwardCount == 0, graph.nodes.isEmpty, let batch = tape.batch {
      addLeaf(batch.inputs, phase: .forward, name: "x")
    }
    while forwardCount < min(end, tape.forward.count) {
      add(tape.forward[forwardCount], targets: tape.batch?.targets)
      forwardCount += 1
    }
  }

  private mutating func add(_ entry: Tape.Forward, targets: Tensor?) {
    for input in entry.inputs where nodeOfTensor[ObjectIdentifier(input)] == nil {
      addLeaf(input, phase: entry.phase, name: input === targets ? "y" : "constant")
    }
    let inputs = entry.inputs.compactMap { nodeOfTensor[ObjectIdentifier($0)] }
    let group = entry.module.flatMap { names.modules[$0] } ?? groupBefore(entry, inputs)
    let operation = entry.operation.name
    append(
      ComputationGraph.Node(
        id: graph.nodes.count, name: unique(group.map { "\($0).\(operation)" } ?? operation),
        operation: operation, kind: .operation, group: group, shape: Array(entry.output.shape),
        inputs: inputs,
        phase: entry.phase, location: entry.location.description),
      Tensors(value: entry.output, progress: .forward), entry.output)
  }

  /// The group of an operation called outside any module: an activation belongs to the layer it follows.
  private func groupBefore(_ entry: Tape.Forward, _ inputs: [Int]) -> String? {
    guard entry.phase == .forward, inputs.count == 1, entry.inputs.count == 1 else { return nil }
    return graph.nodes[inputs[0]].group
  }

  private mutating func addLeaf(_ tensor: Tensor, phase: Phase, name: String) {
    let parameter = names.parameters[ObjectIdentifier(tensor)]
    let full = parameter ?? unique(name)
    let parts = full.split(separator: ".")
    append(
      ComputationGraph.Node(
        id: graph.nodes.count, name: full, operation: parts.last.map(String.init) ?? full,
        kind: parameter == nil ? .input : .parameter,
        group: parts.count > 1 ? parts.dropLast().joined(separator: ".") : nil, shape: Array(tensor.shape),
        phase: phase),
      Tensors(value: tensor, progress: .forward), tensor)
  }

  private mutating func append(_ node: ComputationGraph.Node, _ tensors: Tensors, _ tensor: Tensor) {
    nodeOfTensor[ObjectIdentifier(tensor)] = node.id
    graph.nodes.append(node)
    self.tensors.append(tensors)
  }

  /// Gradients of computed values from the tape; those of leaves from the tensors themselves.
  private mutating func addGradients(_ tape: Tape) {
    guard !tape.backward.isEmpty else { return }
    let places = tape.placesOfNodes
    for entry in tape.backward {
      guard let place = places[ObjectIdentifier(entry.node)],
        let id = nodeOfTensor[ObjectIdentifier(tape.forward[place].output)]
      else { continue }
      tensors[id].gradient = entry.upstream
      tensors[id].progress = .backward
    }
    for (id, node) in graph.nodes.enumerated() where node.kind == .parameter {
      guard let gradient = tensors[id].value?.grad else { continue }
      tensors[id].gradient = gradient
      tensors[id].progress = .backward
    }
  }

  private mutating func unique(_ name: String) -> String {
    let count = nameCounts[name, default: 0] + 1
    nameCounts[name] = count
    return count == 1 ? name : "\(name)_\(count)"
  }
}

/// The names a model gives to its modules and parameters, by identity.
struct ModelNames {
  let modules: [ObjectIdentifier: String]
  let parameters: [ObjectIdentifier: String]
  /// The parameters in the model's order.
  let orderedParameters: [Module.NamedParameter]

  /// The names in `model`; the model itself has none.
  init(_ model: any Module) {
    orderedParameters = model.namedParameters()
    modules = Dictionary(
      model.namedModules().filter { !$0.name.isEmpty }.map { (ObjectIdentifier($0.module), $0.name) },
      uniquingKeysWith: { first, _ in first })
    parameters = Dictionary(
      orderedParameters.map { (ObjectIdentifier($0.tensor), $0.name) },
      uniquingKeysWith: { first, _ in first })
  }
}
