import Autograd
import Localization
import NN
import Trace

/// What is worked out from a tape: the graph with its names, and each node's tensors.
struct TapeReading {
  /// The tensors of one node of the graph.
  struct Tensors {
    fileprivate(set) var value: Tensor?
    fileprivate(set) var gradient: Tensor?
    fileprivate(set) var before: Tensor?
    /// A parameter as its update left it, where the user has set cells of it since.
    fileprivate(set) var after: Tensor?
    fileprivate(set) var progress = NodeState.Progress.waiting

    /// A parameter as its update left it.
    var updated: Tensor? { after ?? value }
  }

  private(set) var graph = ComputationGraph()
  private(set) var tensors: [Tensors] = []
  /// The graph's node of each tensor on the tape.
  private(set) var nodeOfTensor: [ObjectIdentifier: Int] = [:]
  /// The names of tensors that a node has beside its own, such as its second result.
  private(set) var furtherNames: [ObjectIdentifier: String] = [:]
  /// The tensors of which only some numbers are known.
  private(set) var partial: Set<ObjectIdentifier> = []

  private let names: ModelNames
  /// The node that last computed, or has, what a storage holds; only of tensors with a gradient.
  private var nodeOfStorage: [ObjectIdentifier: Int] = [:]
  /// The constants that are the value of a node without its history.
  private var detached: [(leaf: Int, source: Int)] = []
  private var nameCounts: [String: Int] = [:]
  /// How many forward entries have been read.
  private var forwardCount = 0

  /// Reads a tape with the names of the model that made it.
  init(_ tape: Tape, names: ModelNames) {
    self.init(names: names)
    follow(tape, upTo: tape.forward.count)
    addGradients(tape)
    addFailed(tape)
    for update in tape.updates {
      guard let id = nodeOfTensor[ObjectIdentifier(update.parameter)] else { continue }
      tensors[id].before = update.before
      if !update.setByHand.isEmpty { tensors[id].after = TapeReading.valueLeft(by: update) }
      tensors[id].progress = .updated
    }
  }

  private static func valueLeft(by update: Tape.Update) -> Tensor {
    let value = update.parameter.copied()
    for (cell, number) in update.setByHand {
      if value.dtype == .float32 {
        value.pointer(Float.self)[cell] = Float(number)
      } else {
        value.pointer(Double.self)[cell] = number
      }
    }
    return value
  }

  /// The reading of a graph that was made outside the engine, with the tensors of its nodes as far as they are known.
  init(
    _ graph: ComputationGraph, _ tensors: [Tensors], nodeOfTensor: [ObjectIdentifier: Int],
    furtherNames: [ObjectIdentifier: String], partial: Set<ObjectIdentifier>
  ) {
    names = ModelNames()
    (self.graph, self.tensors, self.nodeOfTensor) = (graph, tensors, nodeOfTensor)
    (self.furtherNames, self.partial) = (furtherNames, partial)
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
    var node = operation(
      entry.operation.name, entry.inputs, in: entry.module, entry.phase, entry.location, targets: targets,
      shape: Array(entry.output.shape))
    node.remark = entry.operation.info.caution?(entry.inputs)?.mark
    append(node, Tensors(value: entry.output, progress: .forward), entry.output)
  }

  /// The node of an operator, whose inputs are added where they are not there yet.
  private mutating func operation(
    _ operation: String, _ operands: [Tensor], in module: ObjectIdentifier?, _ phase: Phase,
    _ location: SourceLocation, targets: Tensor?, shape: [Int]
  ) -> ComputationGraph.Node {
    for input in operands where nodeOfTensor[ObjectIdentifier(input)] == nil {
      addLeaf(input, phase: phase, name: input === targets ? "y" : nil)
    }
    let inputs = operands.compactMap { nodeOfTensor[ObjectIdentifier($0)] }
    let group =
      module.flatMap { names.modules[$0] } ?? (phase == .forward ? groupBefore(operands, inputs) : nil)
    return ComputationGraph.Node(
      id: graph.nodes.count, name: unique(group.map { "\($0).\(operation)" } ?? operation),
      operation: operation, kind: .operation, group: group, shape: shape, inputs: inputs, phase: phase,
      location: location.description)
  }

  /// The group of an operation called outside any module: an activation belongs to the layer it follows.
  private func groupBefore(_ operands: [Tensor], _ inputs: [Int]) -> String? {
    guard inputs.count == 1, operands.count == 1 else { return nil }
    return graph.nodes[inputs[0]].group
  }

  /// Adds an input or a parameter; a tensor that is neither the batch's nor known to the model has no name.
  private mutating func addLeaf(_ tensor: Tensor, phase: Phase, name: String?) {
    let isParameter = tensor.requiresGrad && tensor.isLeaf
    let known = names.parameters[ObjectIdentifier(tensor)]
    let full = known ?? unique(name ?? (isParameter ? "parameter" : "constant"))
    let dot = full.utf8.lastIndex(of: UInt8(ascii: "."))
    var node = ComputationGraph.Node(
      id: graph.nodes.count, name: full,
      operation: dot.map { String(full[full.utf8.index(after: $0)...]) } ?? full,
      kind: isParameter || known != nil ? .parameter : .input, group: dot.map { String(full[..<$0]) },
      shape: Array(tensor.shape), phase: phase)
    if node.kind == .parameter, !names.isListed(tensor) {
      node.remark = localized("not listed by its module")
    }
    if name == nil, node.kind == .input, let source = nodeOfStorage[ObjectIdentifier(tensor.storage)] {
      node.remark = localized("detached: \(graph.nodes[source].name)")
      detached.append((node.id, source))
    }
    append(node, Tensors(value: tensor, progress: .forward), tensor)
  }

  private mutating func append(_ node: ComputationGraph.Node, _ tensors: Tensors, _ tensor: Tensor?) {
    if let tensor {
      nodeOfTensor[ObjectIdentifier(tensor)] = node.id
      if tensor.requiresGrad { nodeOfStorage[ObjectIdentifier(tensor.storage)] = node.id }
    }
    graph.nodes.append(node)
    self.tensors.append(tensors)
  }

  /// Marks the node that failed, with what it was given.
  private mutating func addFailed(_ tape: Tape) {
    switch tape.failed {
    case .forward(let name, let inputs, let module, let phase, let location)?:
      let node = operation(name, inputs, in: module, phase, location, targets: tape.batch?.targets, shape: [])
      append(node, Tensors(progress: .failed), nil)
    case .backward(let node, let upstream)?:
      guard let place = tape.placesOfNodes[ObjectIdentifier(node)],
        let id = nodeOfTensor[ObjectIdentifier(tape.forward[place].output)]
      else { return }
      tensors[id].gradient = upstream
      tensors[id].progress = .failed
    case .update(let parameter)?:
      if let id = nodeOfTensor[ObjectIdentifier(parameter)] { tensors[id].progress = .failed }
    case nil: break
    }
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

  /// Adds what has been sent so far to operations whose own backward has not run.
  ///
  /// - Throws: what adding two pieces throws.
  mutating func addPendingGradients(_ tape: Tape) throws {
    let waiting = Set(
      graph.nodes.indices.filter { graph.nodes[$0].kind == .operation && tensors[$0].gradient == nil })
    let places = tape.placesOfNodes
    for entry in tape.backward {
      guard let place = places[ObjectIdentifier(entry.node)] else { continue }
      for case (let input, let piece?) in zip(tape.forward[place].inputs, entry.contributions) {
        guard let id = nodeOfTensor[ObjectIdentifier(input)], waiting.contains(id) else { continue }
        tensors[id].gradient = try noGrad { try tensors[id].gradient.map { try $0.add(piece) } ?? piece }
      }
    }
  }

  /// A node's tensor in a view; nil where it has none.
  func tensor(_ id: Int, _ view: TensorView) -> Tensor? {
    guard tensors.indices.contains(id) else { return nil }
    switch view {
    case .value: return tensors[id].value
    case .gradient: return tensors[id].gradient
    case .update:
      return tensors[id].before.flatMap { before in
        tensors[id].updated.flatMap { after in try? noGrad { try after.sub(before) } }
      }
    }
  }

  /// Whether the loss has been computed, or begun.
  var hasLoss: Bool { graph.nodes.contains { $0.kind == .operation && $0.phase == .loss } }

  /// The first constant that is the value of a node without its history, where the node was computed from another; the
  /// names of both.
  func detachment(after id: Int) -> (leaf: String, source: String)? {
    var isAfter = graph.nodes.map { $0.id == id }
    for node in graph.nodes where node.inputs.contains(where: { isAfter[$0] }) { isAfter[node.id] = true }
    return detached.first { isAfter[$0.source] }.map {
      (graph.nodes[$0.leaf].name, graph.nodes[$0.source].name)
    }
  }

  /// A tensor as forward read it: before the update, where that has changed it.
  func asItWasRead(_ tensor: Tensor) -> Tensor {
    nodeOfTensor[ObjectIdentifier(tensor)].flatMap { tensors[$0].before } ?? tensor
  }

  private mutating func unique(_ name: String) -> String {
    let count = nameCounts[name, default: 0] + 1
    nameCounts[name] = count
    return count == 1 ? name : "\(name)_\(count)"
  }
}
