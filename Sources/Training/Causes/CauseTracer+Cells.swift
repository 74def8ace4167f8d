import Autograd
import Trace

/// The path of one cell.
extension CauseTracer {
  /// The number in a cell of a tensor; nil where it has none.
  func number(at cell: Int, of reference: TensorReference) -> Double? {
    guard let tensor = tensor(of: reference), (0..<tensor.elementCount).contains(cell) else { return nil }
    guard reference.view == .update else { return tensor.number(at: cell) }
    return reading.tensors[reference.id].before.map { tensor.number(at: cell) - $0.number(at: cell) }
  }

  /// A cell in words: `fc1.weight[3,4]`.
  func name(_ id: Int, _ cell: Int, in tensor: Tensor) -> String {
    "\(name(id))\(CellExplanation.index(tensor.shape.index(of: cell)))"
  }

  /// The origin of a cell's defect.
  func origin(of reference: TensorReference, cell: Int) -> Origin {
    let node = reading.graph.nodes[reference.id]
    switch (node.kind, reference.view) {
    case (.input, .gradient), (.input, .update): return .end(.here("\(node.name) is not computed"))
    case (.input, .value): return .end(.here("it is in the data: \(description(of: reference, cell))"))
    case (.parameter, .gradient), (.operation, .gradient), (.operation, .update):
      return gradient(reference, cell)
    case (.parameter, .value): return weight(reference, cell)
    case (.parameter, .update): return update(reference, cell)
    case (.operation, .value): return value(reference, cell)
    }
  }

  /// An operation's value comes from the operands of its cell.
  private func value(_ reference: TensorReference, _ cell: Int) -> Origin {
    let node = reading.graph.nodes[reference.id]
    guard let tensor = reading.tensors[reference.id].value,
      let entry = tape.forward.first(where: { $0.output === tensor })
    else { return .end(.here("\(node.name) was not computed in this step")) }
    let call = CellCall(entry.operation, inputs: entry.inputs.map(asItWas), output: tensor.shape)
    guard let operands = call.operation.info.cells?.value(call, cell) else {
      return .withoutRule(
        origin(of: TensorReference(id: reference.id, view: .value)), operation: node.operation)
    }
    let values = OperandValues(operands, call.inputs, upstream: nil)
    if let place = values.origin(of: defect, in: .forward) {
      return follow(place, of: entry, source: reference.id)
    }
    let own = CauseTracer.defect(of: tensor.number(at: cell)) ?? defect
    let explanation = CellExplanation(
      values, call.operation.info, defect: own, name: named(entry, reference.id))
    return .end(
      .here(
        "\(name(reference.id, cell, in: tensor)) is the first cell that is \(own.word): \(explanation.forward)"
      ))
  }

  /// A gradient comes from the operations that passed it on.
  private func gradient(_ reference: TensorReference, _ cell: Int) -> Origin {
    let all = contributions(to: reference.id)
    let found = all.first { isDefective($0.gradient.number(at: cell)) }
    guard let found, defect != .zero || all.allSatisfy({ $0.gradient.number(at: cell) == 0 }) else {
      return .end(.here(unexplained(reference, cell, all)))
    }
    let node = reading.graph.nodes[found.source]
    let forward = found.forward
    let call = CellCall(forward.operation, inputs: forward.inputs.map(asItWas), output: forward.output.shape)
    guard let operands = call.operation.info.cells?.gradient(call, found.input, cell) else {
      return .withoutRule(
        origin(of: TensorReference(id: reference.id, view: .gradient)), operation: node.operation)
    }
    let values = OperandValues(operands, call.inputs, upstream: found.upstream)
    if let place = values.origin(of: defect, in: .backward) {
      return follow(place, of: forward, source: found.source)
    }
    let explanation = CellExplanation(
      values, call.operation.info, defect: defect, name: named(forward, found.source))
    return .end(.here("it starts in the backward pass of \(node.name): \(explanation.backward)"))
  }

  /// A weight comes from its update, or had the defect already when the step began.
  private func weight(_ reference: TensorReference, _ cell: Int) -> Origin {
    guard let tensor = reading.tensors[reference.id].value else {
      return .end(.here("\(name(reference.id)) has no value here"))
    }
    guard !hadDefectBefore(reference), let before = reading.tensors[reference.id].before else {
      return .end(.earlier(parameter: tensor, name: name(reference.id), cell: cell))
    }
    let gradient = reading.tensors[reference.id].gradient
    if defect != .zero, let gradient, isDefective(gradient.number(at: cell)) {
      return .tensor(TensorReference(id: reference.id, view: .gradient, cell: cell))
    }
    let size = gradient.map { NumberWords.text($0.number(at: cell)) } ?? "unknown"
    return .end(
      .here(
        "the update of step \(tape.step) made \(name(reference.id, cell, in: tensor)) \(defect.word): before it, "
          + "the weight was \(NumberWords.text(before.number(at: cell))), and its gradient is \(size)"))
  }

  /// An update comes from its gradient.
  private func update(_ reference: TensorReference, _ cell: Int) -> Origin {
    guard let gradient = reading.tensors[reference.id].gradient else {
      return .end(.here("\(name(reference.id)) has no gradient here"))
    }
    if isDefective(gradient.number(at: cell)) {
      return .tensor(TensorReference(id: reference.id, view: .gradient, cell: cell))
    }
    let weight =
      reading.tensors[reference.id].before.map { NumberWords.text($0.number(at: cell)) } ?? "unknown"
    return .end(
      .here(
        "the optimizer made it \(defect.word) from the gradient \(NumberWords.text(gradient.number(at: cell))) "
          + "and the weight \(weight)"))
  }

  // MARK: Backward

  /// The gradient that an operation passed to one of its inputs.
  private struct GradientContribution {
    let source: Int
    let forward: Tape.Forward
    /// The input that it was passed to, by its place among the operation's inputs.
    let input: Int
    let upstream: Tensor
    let gradient: Tensor
  }

  private func contributions(to id: Int) -> [GradientContribution] {
    tape.backward.flatMap { entry -> [GradientContribution] in
      guard let forward = tape.forward.first(where: { $0.output.node === entry.node }),
        let source = reading.nodeOfTensor[ObjectIdentifier(forward.output)]
      else { return [] }
      return zip(forward.inputs, entry.contributions).enumerated().compactMap { place, pair in
        guard let gradient = pair.1, reading.nodeOfTensor[ObjectIdentifier(pair.0)] == id else { return nil }
        return GradientContribution(
          source: source, forward: forward, input: place, upstream: entry.upstream, gradient: gradient)
      }
    }
  }

  /// Why none of the contributions to a gradient has the defect that their sum has.
  private func unexplained(_ reference: TensorReference, _ cell: Int, _ contributions: [GradientContribution])
    -> String
  {
    let name = name(reference.id)
    if contributions.isEmpty, reading.graph.nodes[reference.id].kind == .operation {
      return "\(name) is where backward starts"
    }
    guard defect == .zero else {
      return contributions.count > 1
        ? "the sum of the \(contributions.count) contributions to the gradient of \(name) is too large for the "
          + "element type, or was added to a gradient left over from an earlier step"
        : "the gradient of \(name) is left over from an earlier step"
    }
    return "the contributions to the gradient of \(name) cancel out: "
      + contributions.map { NumberWords.text($0.gradient.number(at: cell)) }.joined(separator: ", ")
  }

  // MARK: From cell to cell

  private func follow(_ place: CellPlace, of entry: Tape.Forward, source: Int) -> Origin {
    switch place.source {
    case .upstream: return .tensor(TensorReference(id: source, view: .gradient, cell: place.cell))
    case .input(let input):
      guard let id = reading.nodeOfTensor[ObjectIdentifier(entry.inputs[input])] else {
        return .end(.here("it is in a tensor that is not part of the graph"))
      }
      return .tensor(TensorReference(id: id, view: .value, cell: place.cell, isBeforeUpdate: true))
    }
  }

  private func description(of reference: TensorReference, _ cell: Int) -> String {
    guard let tensor = tensor(of: reference) else { return name(reference.id) }
    return "\(name(reference.id, cell, in: tensor)) is \(NumberWords.text(tensor.number(at: cell)))"
  }

  /// Names the cells that an operation reads.
  private func named(_ entry: Tape.Forward, _ source: Int) -> (CellPlace) -> String {
    { place in
      switch place.source {
      case .upstream: return "the gradient of \(name(source, place.cell, in: entry.output))"
      case .input(let input):
        let tensor = entry.inputs[input]
        guard let id = reading.nodeOfTensor[ObjectIdentifier(tensor)] else { return "a number" }
        return name(id, place.cell, in: tensor)
      }
    }
  }
}
