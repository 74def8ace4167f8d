import Autograd
import Trace

/// The path through whole tensors.
extension CauseTracer {
  /// The origin of a whole tensor's defect.
  func origin(of reference: TensorReference) -> Origin {
    let node = reading.graph.nodes[reference.id]
    switch (node.kind, reference.view) {
    case (.input, .gradient), (.input, .update): return .end(.here("\(node.name) is not computed"))
    case (.input, .value):
      return .end(
        .here(
          "it is in the data: \(counts(reading.tensors[reference.id].value)) values of the batch's \(node.name)"
        ))
    case (.parameter, .gradient), (.operation, .gradient), (.operation, .update):
      return gradient(reference.id)
    case (.parameter, _): return weight(reference)
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
      return .end(.here("\(node.name) was not computed in this step"))
    }
    let info = entry.operation.info
    let factors = node.inputs.prefix(max(info.cells?.factors ?? 0, node.inputs.count == 1 ? 1 : 0))
    if defect == .zero, let input = factors.first(where: { isAllZero(reading.tensors[$0].value) }) {
      return .tensor(TensorReference(id: input, view: .value, isBeforeUpdate: true))
    }
    // What is NaN later on may begin as infinite.
    let own = CauseTracer.defect(of: entry.output, cell: nil) ?? defect
    return .end(
      .here(
        TensorExplanation.forward(
          node.name, info, entry.inputs.map(asItWas), defect == .zero ? defect : own)))
  }

  /// A gradient comes from the operations that passed it on.
  private func gradient(_ id: Int) -> Origin {
    for entry in tape.backward.reversed() {
      guard let forward = tape.forward.first(where: { $0.output.node === entry.node }),
        let source = reading.nodeOfTensor[ObjectIdentifier(forward.output)]
      else { continue }
      let passed = zip(forward.inputs, entry.contributions).first { input, gradient in
        reading.nodeOfTensor[ObjectIdentifier(input)] == id && isDefective(gradient)
      }
      guard passed != nil else { continue }
      if isDefective(entry.upstream), source != id {
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
      return .end(
        .here(
          TensorExplanation.backward(
            reading.graph.nodes[source].name, forward.operation.info, forward.inputs.map(asItWas),
            upstream: entry.upstream, defect)))
    }
    if reading.graph.nodes[id].kind == .operation, defect != .zero, isBroken(reading.tensors[id].value) {
      return .tensor(TensorReference(id: id, view: .value))
    }
    return .end(
      .here("\(name(id)) is where backward starts, or its gradient is left over from an earlier step"))
  }

  /// A weight comes from its update, or had the defect already when the step began.
  private func weight(_ reference: TensorReference) -> Origin {
    let name = name(reference.id)
    guard let tensor = reading.tensors[reference.id].value else {
      return .end(.here("\(name) has no value here"))
    }
    if defect == .zero { return .end(.here("\(name) has values that are 0")) }
    guard !hadDefectBefore(reference), let before = reading.tensors[reference.id].before else {
      return .end(.earlier(parameter: tensor, name: name, cell: nil))
    }
    let gradient = reading.tensors[reference.id].gradient
    if isDefective(gradient) { return .tensor(TensorReference(id: reference.id, view: .gradient)) }
    return .end(
      .here(
        "the update of step \(tape.step) made \(name) \(defect.word): before it, the largest magnitude was "
          + "\(TensorExplanation.magnitude(before)), and that of its gradient \(TensorExplanation.magnitude(gradient))"
      ))
  }
}
