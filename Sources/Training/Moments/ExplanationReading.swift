import Autograd
import Localization
import NN
import Numbers
import Trace

/// Explains a node at a moment: its lines of code, its formula, and the gradient that has flowed through it so far.
struct ExplanationReading {
  private let tape: Tape
  private let reading: TapeReading
  /// nil where the optimizer is not the engine's.
  private let optimizer: (any Optimizer)?
  /// nil of a tensor whose magnitude is not known.
  private let norm: (Tensor) -> Float?

  /// Explanations of the nodes of a tape.
  init(
    _ tape: Tape, _ reading: TapeReading, optimizer: (any Optimizer)?, norm: @escaping (Tensor) -> Float?
  ) {
    self.tape = tape
    self.reading = reading
    self.optimizer = optimizer
    self.norm = norm
  }

  /// The explanation of a node, and of one cell of a parameter, in a phase.
  func explanation(of node: ComputationGraph.Node, cell: Int, in phase: Phase) -> Explanation {
    let value = reading.tensors[node.id].value
    let entry = tape.forward.first { $0.output === value }
    let info = entry?.operation.info
    let isBackward = phase >= .backward
    let guide = GuideReading(reading.graph)
    let names = guide.names(of: node)
    let lines = isBackward ? info?.guide?.backward(names) : info?.guide?.forward(names)
    var explanation = Explanation(
      numpy: lines?.numpy ?? [], pytorch: lines?.pytorch, formula: info?.formula,
      derivative: isBackward ? info?.derivative : nil, contributions: contributions(at: node.id))
    if let entry, lines != nil {
      explanation.notes = guide.notes(on: node, entry, loss: loss, isBackward: isBackward)
    }
    if let entry, !isBackward, node.id == reading.graph.nodes.last(where: \.isLoss)?.id,
      !reading.partial.contains(ObjectIdentifier(entry.output)), let number = try? entry.output.item()
    {
      explanation.notes.append(
        localized("loss.item() = \(NumberText.cell(number)): a plain number, from which no backward starts"))
    }
    if let entry, isBackward { explanation.classFactor = classFactor(of: entry) }
    if phase == .backward, let line = producer(of: node) {
      // The cell that is worked out is the one of this line; an operation's own lines are what it passes on.
      explanation.numpy = [line] + explanation.numpy.filter { $0 != line }
      explanation.pytorch = "loss.backward()"
    }
    if node.kind == .parameter, let value, phase != .backward || explanation.numpy.isEmpty {
      explain(value, node, names, guide, in: &explanation)
    }
    if node.kind == .parameter, let value {
      explanation.accumulation = accumulation(in: value, cell: cell)
      explanation.update = update(of: value, cell: cell)
    }
    return explanation
  }

  /// The line of the hand-written backward that computes the gradient of a node, `dW1 = …`; nil where the guide has none, or
  /// backward has not come there yet.
  private func producer(of node: ComputationGraph.Node) -> String? {
    guard reading.tensors[node.id].gradient != nil else { return nil }
    let (name, graph) = (CellNames(reading.graph).matrix(node.id, .gradient).name, reading.graph)
    return graph.nodes.lazy.filter { $0.inputs.contains(node.id) }.compactMap { user -> String? in
      let value = reading.tensors[user.id].value
      let guide = tape.forward.first { $0.output === value }?.operation.info.guide
      return guide?.backward(GuideReading(graph).names(of: user)).numpy.first { $0.hasPrefix("\(name) = ") }
    }.first
  }

  /// What changes a parameter, in NumPy and in PyTorch.
  private func explain(
    _ parameter: Tensor, _ node: ComputationGraph.Node, _ names: GuideNames, _ guide: GuideReading,
    in explanation: inout Explanation
  ) {
    guard let optimizer, let name = ["weight": names.w, "bias": names.b][node.operation],
      optimizer.parameters.contains(where: { $0.tensor === parameter })
    else { return }
    explanation.numpy =
      (optimizer as? GroupedOptimizer)?.numpyLines(for: name, of: parameter)
      ?? optimizer.numpyLines(for: name)
    explanation.pytorch = "optimizer.step()"
    if guide.isTransposed(node) { explanation.notes = [localized("\(names.w) is \(node.name).T")] }
  }

  /// The gradient of a cell that had kept one: old, new and their sum.
  private func accumulation(in parameter: Tensor, cell: Int) -> [String] {
    let pieces = tape.contributions(to: parameter)
    guard let kept = tape.kept(by: parameter), !pieces.isEmpty, (0..<parameter.elementCount).contains(cell)
    else { return [] }
    let new = pieces.reduce(0) { $0 + $1.number(at: cell) }
    let old = kept.number(at: cell)
    let isTrained = optimizer?.parameters.contains { $0.tensor === parameter } ?? true
    let reason =
      isTrained
      ? localized("old is kept from earlier steps: zero_grad was off")
      : localized("old is kept from earlier steps: the optimizer does not have this parameter")
    let now = parameter.grad?.number(at: cell) ?? old + new
    // Clipping changes a gradient before the update.
    let isChanged = abs(now - (old + new)) > 1e-4 * max(abs(old), abs(new))
    return [
      ParameterCell.sumLine(kept: old, new: new, sum: old + new), reason,
    ] + (isChanged ? [localized("the gradient was changed to \(NumberText.cell(now)) after backward")] : [])
  }

  /// The optimizer's formula with the numbers of a parameter's cell, once it has been changed.
  private func update(of parameter: Tensor, cell: Int) -> [String] {
    guard let optimizer, let update = tape.updates.first(where: { $0.parameter === parameter }),
      let before = update.before,
      let remembered = update.memory, let gradient = parameter.grad,
      (0..<parameter.elementCount).contains(cell)
    else { return [] }
    let memory = remembered.map { name, tensor in (name, tensor.number(at: tensor.rank == 0 ? 0 : cell)) }
    let cell = ParameterCell(
      parameter: optimizer.parameters.first { $0.tensor === parameter }?.name ?? "",
      value: before.number(at: cell), gradient: gradient.number(at: cell),
      memory: Dictionary(memory, uniquingKeysWith: { $1 }))
    return optimizer.withSettings(tape.settings) { optimizer.formula(for: cell) }
  }

  // MARK: The loss

  /// The loss of classes that this step computed last.
  private var loss: CrossEntropy? {
    tape.forward.last { $0.phase == .loss && $0.operation is CrossEntropy }?.operation as? CrossEntropy
  }

  /// What (softmax − onehot) is multiplied by in the gradient that a loss of classes passes on; nil where options change
  /// more than a factor.
  private func classFactor(of entry: Tape.Forward) -> Double? {
    guard let loss = entry.operation as? CrossEntropy, loss.labelSmoothing == 0, entry.inputs.count == 2,
      entry.inputs[0].rank == 2, loss.reduction != .none,
      let upstream = tape.backward.first(where: { $0.node === entry.output.node })?.upstream
    else { return nil }
    let count = entry.inputs[1].integers().count { $0 != loss.ignoreIndex }
    guard count > 0, let factor = try? upstream.item() else { return nil }
    return loss.reduction == .mean ? factor / Double(count) : factor
  }

  // MARK: Gradient

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
      guard let upstream = norm(piece.upstream), let passed = norm(piece.gradient) else { return nil }
      return Explanation.Contribution(
        source: reading.graph.nodes[piece.source].name, target: reading.graph.nodes[piece.target].name,
        upstreamShape: Array(piece.upstream.shape), upstreamNorm: upstream,
        shape: Array(piece.gradient.shape), norm: passed, number: seen[piece.target] ?? 1,
        count: received[piece.target] ?? 1,
        kept: reading.tensors[piece.target].value.flatMap(tape.kept).flatMap(norm))
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

extension ComputationGraph.Node {
  /// Whether it is a part of the loss.
  fileprivate var isLoss: Bool { kind == .operation && phase == .loss }
}

extension Optimizer {
  /// What `body` gives under settings as they once were; they are put back after it.
  fileprivate func withSettings<Result>(_ old: [Hyperparameter], _ body: () -> Result) -> Result {
    let current = hyperparameters
    guard !old.isEmpty, old != current else { return body() }
    // An optimizer takes the values that it had.
    func set(_ settings: [Hyperparameter]) {
      for setting in settings { try? setHyperparameter(setting.name, to: setting.value) }
    }
    set(old)
    defer { set(current) }
    return body()
  }
}
