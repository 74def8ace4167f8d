import Autograd
import Localization
import Trace

/// The path through whole tensors.
extension CauseTracer {
  /// The origin of a whole tensor's defect.
  func origin(of reference: TensorReference) -> Origin {
    let node = reading.graph.nodes[reference.id]
    switch (node.kind, reference.view) {
    case (.input, .gradient), (.input, .update): return .end(.here(localized("\(node.name) is not computed")))
    case (.input, .value):
      return .end(
        .here(
          localized(
            "it is in the data: \(counts(reading.tensors[reference.id].value)) values of the batch's \(node.name)"
          )
        ))
    case (.parameter, .gradient), (.operation, .gradient), (.operation, .update):
      return gradient(reference.id)
    case (.parameter, .update): return update(reference.id)
    case (.parameter, .value): return weight(reference)
    case (.operation, .value): return value(reference.id)
    }
  }

  /// An operation's value comes from its inputs.
  private func value(_ id: Int) -> Origin {
    let node = reading.graph.nodes[id]
    if defect != .zero, let input = node.inputs.first(where: { isBroken(input: $0) }) {
      return .tensor(TensorReference(id: input, view: .value, isBeforeUpdate: true))
    }
    guard let entry = tape.forward.first(where: { $0.output === reading.tensors[id].value }) else {
      return .end(.here(localized("\(node.name) was not computed in this step")))
    }
    let info = entry.operation.info
    let factors = node.inputs.prefix(max(info.cells?.factors ?? 0, node.inputs.count == 1 ? 1 : 0))
    if defect == .zero, let input = factors.first(where: { isAllZero(reading.tensors[$0].value) }) {
      return .tensor(TensorReference(id: input, view: .value, isBeforeUpdate: true))
    }
    // What is NaN later on may begin as infinite.
    let own = defect == .zero ? defect : CauseTracer.defect(of: entry.output, cell: nil) ?? defect
    if own != .zero, let cell = CauseTracer.firstCell(of: entry.output, with: own),
      let reason = explanation(of: id, entry, cell: cell, defect: own)
    {
      return .end(.here(localized("\(node.name) is the first tensor with \(own.noun): \(reason)")))
    }
    return .end(.here(TensorExplanation.forward(node.name, info, entry.inputs.map(asItWas), own)))
  }

  /// A gradient comes from the operations that passed it on.
  private func gradient(_ id: Int) -> Origin {
    let all = contributions(to: id)
    let isCancelled = defect == .zero && !all.allSatisfy { isDefective($0.gradient) }
    let wasBroken = defect != .zero && isBroken(kept(by: id))
    if wasBroken, let end = keptEnd(id, nil) { return .end(end) }
    guard let found = all.last(where: { isDefective($0.gradient) }), !isCancelled else {
      return .end(.here(unexplained(id, telling(all, id), all)))
    }
    let source = found.source
    if isDefective(found.upstream), source != id {
      return .tensor(TensorReference(id: source, view: .gradient))
    }
    if defect != .zero,
      let broken = reading.graph.nodes[source].inputs.first(where: { isBroken(input: $0) })
    {
      return .tensor(TensorReference(id: broken, view: .value, isBeforeUpdate: true))
    }
    if defect != .zero, isBroken(reading.tensors[source].value) {
      return .tensor(TensorReference(id: source, view: .value))
    }
    if defect == .zero, let zero = otherFactor(found) {
      return .tensor(TensorReference(id: zero, view: .value, isBeforeUpdate: true))
    }
    if defect == .zero, found.forward.operation.info.reasons.blocked == nil,
      let (operands, cell) = tellingOperands(of: found)
    {
      return .end(.here(sentence(on: found, operands, cell)))
    }
    if defect != .zero, let own = CauseTracer.defect(of: found.gradient, cell: nil),
      let cell = CauseTracer.firstCell(of: found.gradient, with: own),
      let operands = found.operands(of: cell, asItWas)
    {
      return .end(.here(sentence(on: found, operands, cell)))
    }
    return .end(
      .here(
        TensorExplanation.backward(
          name(source), found.forward.operation.info, found.forward.inputs.map(asItWas),
          upstream: found.upstream, defect)))
  }

  /// The other factor of a product that passes on a gradient of 0, where it is 0 itself.
  private func otherFactor(_ found: GradientContribution) -> Int? {
    let inputs = reading.graph.nodes[found.source].inputs
    let factors = found.forward.operation.info.cells?.factors ?? 0
    guard found.input < factors, inputs.count >= factors else { return nil }
    return inputs.prefix(factors).enumerated()
      .first { $0.offset != found.input && isAllZero(reading.tensors[$0.element].value) }?.element
  }

  /// What a cell of a gradient of 0 was computed from, of the first cells one that received a gradient other than 0.
  private func tellingOperands(of found: GradientContribution) -> (OperandValues, Int)? {
    (0..<min(found.gradient.elementCount, 256)).lazy.compactMap { cell in
      found.operands(of: cell, self.asItWas).flatMap { $0.receivesGradient ? ($0, cell) : nil }
    }.first
  }

  /// A cell that shows how contributions which do not have the defect add up to a gradient that has it.
  private func telling(_ contributions: [GradientContribution], _ id: Int) -> Int {
    if defect == .zero {
      return contributions.lazy.compactMap { piece in
        piece.gradient.array(Double.self).firstIndex { $0 != 0 }
      }.first ?? 0
    }
    return reading.tensors[id].gradient.flatMap { CauseTracer.firstCell(of: $0, with: .nan) } ?? 0
  }

  /// A weight comes from its update, or had the defect already when the step began.
  private func weight(_ reference: TensorReference) -> Origin {
    let name = name(reference.id)
    guard let tensor = reading.tensors[reference.id].value else {
      return .end(.here(localized("\(name) has no value here")))
    }
    if defect == .zero { return .end(.here(localized("\(name) has values that are 0"))) }
    guard !hadDefectBefore(reference), let before = reading.tensors[reference.id].before else {
      return .end(.earlier(Suspect(parameter: tensor, name: name, cell: nil)))
    }
    let gradient = reading.tensors[reference.id].gradient
    if isDefective(gradient) { return .tensor(TensorReference(id: reference.id, view: .gradient)) }
    let cell = CauseTracer.firstCell(of: tensor, with: defect) ?? 0
    return ownOrigin(ofUpdateOf: reference.id, before, cell)
  }
}
