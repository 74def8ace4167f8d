import Autograd
import NN
import Trace

/// Explains a node at a moment: its lines of code, its formula, and the gradient that has flowed through it so far.
struct ExplanationReading {
  private let tape: Tape
  private let reading: TapeReading
  private let optimizer: any Optimizer
  private let norm: (Tensor) -> Float

  /// Explanations of the nodes of a tape.
  init(_ tape: Tape, _ reading: TapeReading, optimizer: any Optimizer, norm: @escaping (Tensor) -> Float) {
    self.tape = tape
    self.reading = reading
    self.optimizer = optimizer
    self.norm = norm
  }

  /// The explanation of a node, and of one cell of a parameter, in a phase.
  func explanation(of node: ComputationGraph.Node, cell: Int, in phase: Phase) -> Explanation {
    let value = reading.tensors[node.id].value
    let info = tape.forward.first { $0.output === value }?.operation.info
    let isBackward = phase >= .backward
    let names = GuideNames(layer: layer(of: node))
    let lines = isBackward ? info?.guide?.backward(names) : info?.guide?.forward(names)
    var explanation = Explanation(
      numpy: lines?.numpy ?? [], pytorch: lines?.pytorch, formula: info?.formula,
      derivative: isBackward ? info?.derivative : nil, contributions: contributions(at: node.id))
    if node.kind == .parameter {
      let parameter = ["weight": names.w, "bias": names.b][node.operation]
      explanation.numpy = parameter.map { optimizer.numpyLines(for: $0) } ?? []
      explanation.pytorch = parameter.map { _ in "optimizer.step()" }
    }
    explanation.update = update(of: node, cell: cell)
    return explanation
  }

  /// The optimizer's formula with the numbers of a parameter's cell, once it has been changed.
  private func update(of node: ComputationGraph.Node, cell: Int) -> [String] {
    guard let parameter = reading.tensors[node.id].value,
      let update = tape.updates.first(where: { $0.parameter === parameter }), let before = update.before,
      let remembered = update.memory, let gradient = parameter.grad,
      (0..<parameter.elementCount).contains(cell)
    else { return [] }
    let memory = remembered.map { name, tensor in (name, tensor.number(at: tensor.rank == 0 ? 0 : cell)) }
    return optimizer.formula(
      for: ParameterCell(
        parameter: optimizer.parameters.first { $0.tensor === parameter }?.name ?? "",
        value: before.number(at: cell), gradient: gradient.number(at: cell),
        memory: Dictionary(memory, uniquingKeysWith: { $1 })))
  }

  /// The number at the end of the group's name; for the loss that of the last layer.
  private func layer(of node: ComputationGraph.Node) -> Int {
    let group = node.group ?? reading.graph.nodes.last { $0.group != nil }?.group
    return group.flatMap { name in
      Int(name.reversed().prefix { $0.isNumber }.reversed().map(String.init).joined())
    } ?? 1
  }

  /// The gradient that an operation has sent to its inputs; for a leaf, the gradient it received.
  private func contributions(at id: Int) -> [Explanation.Contribution] {
    let all = sent()
    let received = Dictionary(grouping: all, by: \.target).mapValues(\.count)
    var seen: [Int: Int] = [:]
    return all.compactMap { piece in
      seen[piece.target, default: 0] += 1
      guard piece.source == id || piece.target == id && reading.graph.nodes[id].kind != .operation else {
        return nil
      }
      return Explanation.Contribution(
        source: reading.graph.nodes[piece.source].name, target: reading.graph.nodes[piece.target].name,
        upstreamShape: Array(piece.upstream.shape), upstreamNorm: norm(piece.upstream),
        shape: Array(piece.gradient.shape), norm: norm(piece.gradient), number: seen[piece.target] ?? 1,
        count: received[piece.target] ?? 1)
    }
  }

  private struct Piece {
    let source: Int
    let target: Int
    let upstream: Tensor
    let gradient: Tensor
  }

  /// Every piece of gradient so far, in the order of backward.
  private func sent() -> [Piece] {
    let places = tape.placesOfNodes
    return tape.backward.flatMap { entry -> [Piece] in
      guard let place = places[ObjectIdentifier(entry.node)], case let forward = tape.forward[place],
        let source = reading.nodeOfTensor[ObjectIdentifier(forward.output)]
      else { return [] }
      return zip(forward.inputs, entry.contributions).compactMap { input, gradient in
        guard let gradient, let target = reading.nodeOfTensor[ObjectIdentifier(input)] else { return nil }
        return Piece(source: source, target: target, upstream: entry.upstream, gradient: gradient)
      }
    }
  }
}
