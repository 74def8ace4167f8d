import Autograd
import Localization
import Numbers
import Trace

/// The path of one cell.
extension CauseTracer {
  /// A cell in words: `fc1.weight[3,4]`.
  func name(_ id: Int, _ cell: Int, in tensor: Tensor) -> String {
    "\(name(id))\(CellIndex.text(tensor.shape.index(of: cell)))"
  }

  /// The origin of a cell's defect.
  func origin(of reference: TensorReference, cell: Int) -> Origin {
    let node = reading.graph.nodes[reference.id]
    switch (node.kind, reference.view) {
    case (.input, .gradient), (.input, .update): return .end(.here(localized("\(node.name) is not computed")))
    case (.input, .value):
      return .end(.here(localized("it is in the data: \(description(of: reference, cell))")))
    case (.parameter, .gradient), (.operation, .gradient), (.operation, .update):
      return gradient(reference, cell)
    case (.parameter, .value): return weight(reference, cell)
    case (.parameter, .update): return update(reference.id, cell)
    case (.operation, .value): return value(reference, cell)
    }
  }

  /// An operation's value comes from the operands of its cell.
  private func value(_ reference: TensorReference, _ cell: Int) -> Origin {
    let node = reading.graph.nodes[reference.id]
    guard let tensor = reading.tensors[reference.id].value,
      let entry = tape.forward.first(where: { $0.output === tensor })
    else { return .end(.here(localized("\(node.name) was not computed in this step"))) }
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
        localized(
          "\(name(reference.id, cell, in: tensor)) is the first cell that is \(own.word): \(explanation.forward)"
        )
      ))
  }

  /// Why a cell of an operation's result is broken, by its operands; nil where no rule says which they are.
  func explanation(of id: Int, _ entry: Tape.Forward, cell: Int, defect: Cause.Defect) -> String? {
    let call = CellCall(entry.operation, inputs: entry.inputs.map(asItWas), output: entry.output.shape)
    guard let operands = call.operation.info.cells?.value(call, cell) else { return nil }
    return CellExplanation(
      OperandValues(operands, call.inputs, upstream: nil), call.operation.info, defect: defect,
      name: named(entry, id)
    ).forward
  }

  /// A gradient comes from the operations that passed it on.
  private func gradient(_ reference: TensorReference, _ cell: Int) -> Origin {
    let all = contributions(to: reference.id)
    let found = all.first { isDefective($0.gradient.number(at: cell)) }
    let isCancelled = defect == .zero && !all.allSatisfy { $0.gradient.number(at: cell) == 0 }
    let wasBroken = defect != .zero && kept(by: reference.id).map { !$0.number(at: cell).isFinite } ?? false
    if wasBroken, let end = keptEnd(reference.id, cell) { return .end(end) }
    guard let found, !isCancelled else { return .end(.here(unexplained(reference.id, cell, all))) }
    guard let operands = found.operands(of: cell, asItWas) else {
      return .withoutRule(
        origin(of: TensorReference(id: reference.id, view: .gradient)),
        operation: reading.graph.nodes[found.source].operation)
    }
    if let place = operands.origin(of: defect, in: .backward) {
      return follow(place, of: found.forward, source: found.source)
    }
    return .end(.here(sentence(on: found, operands, cell)))
  }

  /// How a cell of a gradient that an operation passed on got the defect.
  func sentence(on found: GradientContribution, _ operands: OperandValues, _ cell: Int) -> String {
    let own = CauseTracer.defect(of: found.gradient.number(at: cell)) ?? defect
    let explanation = CellExplanation(
      operands, found.forward.operation.info, defect: own, output: found.forward.output,
      name: named(found.forward, found.source))
    return localized("it starts in the backward pass of \(name(found.source)): \(explanation.backward)")
  }

  /// A weight comes from its update, or had the defect already when the step began.
  private func weight(_ reference: TensorReference, _ cell: Int) -> Origin {
    guard let tensor = reading.tensors[reference.id].value else {
      return .end(.here(localized("\(name(reference.id)) has no value here")))
    }
    guard !hadDefectBefore(reference), let before = reading.tensors[reference.id].before else {
      return .end(.earlier(Suspect(parameter: tensor, name: name(reference.id), cell: cell)))
    }
    let gradient = reading.tensors[reference.id].gradient
    if defect != .zero, let gradient, isDefective(gradient.number(at: cell)) {
      return .tensor(TensorReference(id: reference.id, view: .gradient, cell: cell))
    }
    return ownOrigin(ofUpdateOf: reference.id, before, cell)
  }

  // MARK: Backward

  /// The gradient that an operation passed to one of its inputs.
  struct GradientContribution {
    let source: Int
    let forward: Tape.Forward
    /// The input that it was passed to, by its place among the operation's inputs.
    let input: Int
    let upstream: Tensor
    let gradient: Tensor

    /// The cells that a cell of it was computed from; nil where no rule says which they are.
    func operands(of cell: Int, _ asItWas: (Tensor) -> Tensor) -> OperandValues? {
      let inputs = forward.inputs.map(asItWas)
      let call = CellCall(forward.operation, inputs: inputs, output: forward.output.shape)
      return call.operation.info.cells?.gradient(call, input, cell).map {
        OperandValues($0, inputs, upstream: upstream)
      }
    }
  }

  func contributions(to id: Int) -> [GradientContribution] {
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

  /// The gradient that a parameter had kept from earlier steps.
  func kept(by id: Int) -> Tensor? { reading.tensors[id].value.flatMap(tape.kept) }

  /// The end of the path at a gradient that had the defect already when backward began; nil where there is no such gradient.
  func keptEnd(_ id: Int, _ cell: Int?) -> End? {
    reading.tensors[id].value.map {
      .earlier(Suspect(parameter: $0, name: name(id), part: .gradient, cell: cell))
    }
  }

  /// Why none of the contributions to a gradient has the defect that their sum has.
  func unexplained(_ id: Int, _ cell: Int, _ contributions: [GradientContribution]) -> String {
    guard let tensor = reading.tensors[id].gradient else {
      return localized("\(name(id)) has no gradient here")
    }
    let gradient = localized("the gradient of \(name(id, cell, in: tensor))")
    let kept = kept(by: id)?.number(at: cell)
    if contributions.isEmpty {
      return reading.graph.nodes[id].kind == .operation
        ? localized("\(name(id)) is where backward starts")
        : localized("\(gradient) is kept from an earlier step")
    }
    let pieces =
      contributions.map {
        localized("\(NumberText.cell($0.gradient.number(at: cell))) from \(name($0.source))")
      }
      + (kept.map { [localized("\(NumberText.cell($0)) kept from an earlier step")] } ?? [])
    let list = pieces.joined(separator: ", ")
    return defect == .zero
      ? localized("the contributions to \(gradient) cancel out: \(list)")
      : localized(
        "the contributions to \(gradient) add up to a number too large for the element type: \(list)")
  }

  // MARK: From cell to cell

  private func follow(_ place: CellPlace, of entry: Tape.Forward, source: Int) -> Origin {
    switch place.source {
    case .upstream: return .tensor(TensorReference(id: source, view: .gradient, cell: place.cell))
    case .input(let input):
      guard let id = reading.nodeOfTensor[ObjectIdentifier(entry.inputs[input])] else {
        return .end(.here(localized("it is in a tensor that is not part of the graph")))
      }
      return .tensor(TensorReference(id: id, view: .value, cell: place.cell, isBeforeUpdate: true))
    }
  }

  private func description(of reference: TensorReference, _ cell: Int) -> String {
    guard let tensor = tensor(of: reference) else { return name(reference.id) }
    return localized("\(name(reference.id, cell, in: tensor)) is \(NumberText.cell(tensor.number(at: cell)))")
  }

  /// Names the cells that an operation reads.
  private func named(_ entry: Tape.Forward, _ source: Int) -> (CellPlace) -> String {
    { place in
      switch place.source {
      case .upstream: return localized("the gradient of \(name(source, place.cell, in: entry.output))")
      case .input(let input):
        let tensor = entry.inputs[input]
        guard let id = reading.nodeOfTensor[ObjectIdentifier(tensor)] else { return localized("a number") }
        return name(id, place.cell, in: tensor)
      }
    }
  }
}
