import Autograd
import Trace

/// The way of whole tensors.
extension CauseTracer {
  /// Where a whole tensor's defect came from.
  func source(of spot: Spot) -> Source {
    let node = reading.graph.nodes[spot.id]
    switch (node.kind, spot.view) {
    case (.input, .gradient), (.input, .update): return .end(.here("\(node.name) is given"))
    case (.input, .value):
      return .end(
        .here("the data have it: \(counts(reading.tensors[spot.id].value)) of the batch's \(node.name)"))
    case (.parameter, .gradient), (.operation, .gradient), (.operation, .update): return gradient(spot.id)
    case (.parameter, _): return weight(spot)
    case (.operation, .value): return value(spot.id)
    }
  }

  /// An operation's value comes from its inputs.
  private func value(_ id: Int) -> Source {
    let node = reading.graph.nodes[id]
    if defect != .zero, let input = node.inputs.first(where: { isBroken(input: $0) }) {
      return .spot(Spot(id: input, view: .value, isBeforeUpdate: true))
    }
    if defect == .zero, node.operation != "relu",
      let input = factors(of: node).first(where: { isAllZero(reading.tensors[$0].value) })
    {
      return .spot(Spot(id: input, view: .value, isBeforeUpdate: true))
    }
    let inputs = node.inputs.compactMap { reading.tensors[$0].before ?? reading.tensors[$0].value }
    // What is NaN later on may begin as infinite.
    let own = reading.tensors[id].value.flatMap { CauseTracer.defect(of: $0, cell: nil) } ?? defect
    return .end(.here(CauseWords.origin(node, inputs, defect == .zero ? defect : own)))
  }

  /// The inputs of which one that is 0 makes the value 0; a bias or a summand does not.
  private func factors(of node: ComputationGraph.Node) -> some Sequence<Int> {
    node.inputs.prefix(
      ["linear", "matmul", "mul"].contains(node.operation) ? 2 : node.inputs.count == 1 ? 1 : 0)
  }

  /// A gradient comes from the operations that sent it.
  private func gradient(_ id: Int) -> Source {
    for entry in tape.backward.reversed() {
      guard let forward = tape.forward.first(where: { $0.output.node === entry.node }),
        let source = reading.nodeOfTensor[ObjectIdentifier(forward.output)]
      else { continue }
      let sent = zip(forward.inputs, entry.contributions).first { input, gradient in
        reading.nodeOfTensor[ObjectIdentifier(input)] == id && isDefective(gradient)
      }
      guard sent != nil else { continue }
      if isDefective(entry.upstream), source != id { return .spot(Spot(id: source, view: .gradient)) }
      if defect != .zero,
        let broken = reading.graph.nodes[source].inputs.first(where: { isBroken(input: $0) })
      {
        return .spot(Spot(id: broken, view: .value, isBeforeUpdate: true))
      }
      if defect != .zero, isBroken(reading.tensors[source].value) {
        return .spot(Spot(id: source, view: .value))
      }
      return .end(.here(CauseWords.backward(reading.graph.nodes[source], entry, defect)))
    }
    if reading.graph.nodes[id].kind == .operation, defect != .zero, isBroken(reading.tensors[id].value) {
      return .spot(Spot(id: id, view: .value))
    }
    return .end(
      .here("\(name(id)) is where backward begins, or its gradient was left from an iteration before"))
  }

  /// A weight comes from its update, or was so when the iteration began.
  private func weight(_ spot: Spot) -> Source {
    let name = name(spot.id)
    guard let tensor = reading.tensors[spot.id].value else {
      return .end(.here("\(name) has no value here"))
    }
    if defect == .zero { return .end(.here("\(name) has values that are 0")) }
    guard !wasSoBefore(spot), let before = reading.tensors[spot.id].before else {
      return .end(.earlier(parameter: tensor, name: name, cell: nil))
    }
    let gradient = reading.tensors[spot.id].gradient
    if isDefective(gradient) { return .spot(Spot(id: spot.id, view: .gradient)) }
    return .end(
      .here(
        "the update of step \(tape.iteration) made \(name) \(defect.word): before it the largest magnitude was "
          + "\(CauseWords.magnitude(before)), and its gradient's \(CauseWords.magnitude(gradient))"))
  }
}
