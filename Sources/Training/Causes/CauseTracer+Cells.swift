import Autograd
import Trace

/// The way of one cell.
extension CauseTracer {
  /// The number in a cell of a spot's tensor; nil where it has none.
  func number(at cell: Int, of spot: Spot) -> Double? {
    guard let tensor = tensor(of: spot), (0..<tensor.elementCount).contains(cell) else { return nil }
    guard spot.view == .update else { return tensor.number(at: cell) }
    return reading.tensors[spot.id].before.map { tensor.number(at: cell) - $0.number(at: cell) }
  }

  /// A cell in words: `fc1.weight[3,4]`.
  func name(_ id: Int, _ cell: Int, in tensor: Tensor) -> String {
    "\(name(id))\(CellWords.index(tensor.shape.index(of: cell)))"
  }

  /// Where a cell's defect came from.
  func source(of spot: Spot, cell: Int) -> Source {
    let node = reading.graph.nodes[spot.id]
    switch (node.kind, spot.view) {
    case (.input, .gradient), (.input, .update): return .end(.here("\(node.name) is given"))
    case (.input, .value): return .end(.here("the data have it: \(words(spot, cell))"))
    case (.parameter, .gradient), (.operation, .gradient), (.operation, .update):
      return gradient(spot, cell)
    case (.parameter, .value): return weight(spot, cell)
    case (.parameter, .update): return update(spot, cell)
    case (.operation, .value): return value(spot, cell)
    }
  }

  /// An operation's value comes from the cells that meet in it.
  private func value(_ spot: Spot, _ cell: Int) -> Source {
    let node = reading.graph.nodes[spot.id]
    guard let tensor = reading.tensors[spot.id].value,
      let entry = tape.forward.first(where: { $0.output === tensor })
    else { return .end(.here("\(node.name) was not computed in this iteration")) }
    let call = CellCall(entry.operation, inputs: entry.inputs.map(asItWas), output: tensor.shape)
    guard let cells = CellRule.rule(of: call.operation)?.value(call, cell) else {
      return .ruleless(source(of: Spot(id: spot.id, view: .value)), operation: node.operation)
    }
    let meeting = Meeting(cells, call.inputs, upstream: nil)
    if let place = meeting.origin(of: defect, in: .forward) {
      return self.spot(of: place, entry, source: spot.id)
    }
    let own = CauseTracer.defect(of: tensor.number(at: cell)) ?? defect
    let words = CellWords(meeting, operation: node.operation, defect: own, name: named(entry, spot.id))
    return .end(
      .here("\(name(spot.id, cell, in: tensor)) is the first that is \(own.word): \(words.origin)"))
  }

  /// A gradient comes from the operations that sent it.
  private func gradient(_ spot: Spot, _ cell: Int) -> Source {
    let all = sendings(to: spot.id)
    let found = all.first { isDefective($0.gradient.number(at: cell)) }
    guard let found, defect != .zero || all.allSatisfy({ $0.gradient.number(at: cell) == 0 }) else {
      return .end(.here(unsent(spot, cell, all)))
    }
    let node = reading.graph.nodes[found.source]
    let forward = found.forward
    let call = CellCall(forward.operation, inputs: forward.inputs.map(asItWas), output: forward.output.shape)
    guard let cells = CellRule.rule(of: call.operation)?.gradient(call, found.input, cell) else {
      return .ruleless(source(of: Spot(id: spot.id, view: .gradient)), operation: node.operation)
    }
    let meeting = Meeting(cells, call.inputs, upstream: found.upstream)
    if let place = meeting.origin(of: defect, in: .backward) {
      return self.spot(of: place, forward, source: found.source)
    }
    let words = CellWords(
      meeting, operation: node.operation, defect: defect, name: named(forward, found.source))
    return .end(.here("it begins in the backward of \(node.name): \(words.backward)"))
  }

  /// A weight comes from its update, or was so when the iteration began.
  private func weight(_ spot: Spot, _ cell: Int) -> Source {
    guard let tensor = reading.tensors[spot.id].value else {
      return .end(.here("\(name(spot.id)) has no value here"))
    }
    guard !wasSoBefore(spot), let before = reading.tensors[spot.id].before else {
      return .end(.earlier(parameter: tensor, name: name(spot.id), cell: cell))
    }
    let gradient = reading.tensors[spot.id].gradient
    if defect != .zero, let gradient, isDefective(gradient.number(at: cell)) {
      return .spot(Spot(id: spot.id, view: .gradient, cell: cell))
    }
    let size = gradient.map { NumberWords.text($0.number(at: cell)) } ?? "unknown"
    return .end(
      .here(
        "the update of step \(tape.iteration) made \(name(spot.id, cell, in: tensor)) \(defect.word): before it "
          + "the weight was \(NumberWords.text(before.number(at: cell))), and its gradient is \(size)"))
  }

  /// An update comes from its gradient.
  private func update(_ spot: Spot, _ cell: Int) -> Source {
    guard let gradient = reading.tensors[spot.id].gradient else {
      return .end(.here("\(name(spot.id)) has no gradient here"))
    }
    if isDefective(gradient.number(at: cell)) {
      return .spot(Spot(id: spot.id, view: .gradient, cell: cell))
    }
    let weight = reading.tensors[spot.id].before.map { NumberWords.text($0.number(at: cell)) } ?? "unknown"
    return .end(
      .here(
        "the optimizer made it \(defect.word) of the gradient \(NumberWords.text(gradient.number(at: cell))) "
          + "and the weight \(weight)"))
  }

  // MARK: Backward

  /// A piece of gradient that an operation sent.
  private struct Sending {
    let source: Int
    let forward: Tape.Forward
    /// The input to which it was sent, by its place among the operation's inputs.
    let input: Int
    let upstream: Tensor
    let gradient: Tensor
  }

  private func sendings(to id: Int) -> [Sending] {
    tape.backward.flatMap { entry -> [Sending] in
      guard let forward = tape.forward.first(where: { $0.output.node === entry.node }),
        let source = reading.nodeOfTensor[ObjectIdentifier(forward.output)]
      else { return [] }
      return zip(forward.inputs, entry.contributions).enumerated().compactMap { place, pair in
        guard let gradient = pair.1, reading.nodeOfTensor[ObjectIdentifier(pair.0)] == id else { return nil }
        return Sending(
          source: source, forward: forward, input: place, upstream: entry.upstream, gradient: gradient)
      }
    }
  }

  /// Why none of the pieces that came has the defect that their sum has.
  private func unsent(_ spot: Spot, _ cell: Int, _ sendings: [Sending]) -> String {
    let name = name(spot.id)
    if sendings.isEmpty, reading.graph.nodes[spot.id].kind == .operation {
      return "\(name) is where backward begins"
    }
    guard defect == .zero else {
      return sendings.count > 1
        ? "the \(sendings.count) pieces of gradient that \(name) got add up beyond the greatest number, or were "
          + "added to what was left from an iteration before"
        : "the gradient of \(name) was left from an iteration before"
    }
    return "the pieces of gradient that \(name) got cancel out: "
      + sendings.map { NumberWords.text($0.gradient.number(at: cell)) }.joined(separator: ", ")
  }

  // MARK: From place to place

  private func spot(of place: CellPlace, _ entry: Tape.Forward, source: Int) -> Source {
    switch place.source {
    case .upstream: return .spot(Spot(id: source, view: .gradient, cell: place.cell))
    case .input(let input):
      guard let id = reading.nodeOfTensor[ObjectIdentifier(entry.inputs[input])] else {
        return .end(.here("it is in a tensor that is no part of the graph"))
      }
      return .spot(Spot(id: id, view: .value, cell: place.cell, isBeforeUpdate: true))
    }
  }

  private func words(_ spot: Spot, _ cell: Int) -> String {
    guard let tensor = tensor(of: spot) else { return name(spot.id) }
    return "\(name(spot.id, cell, in: tensor)) is \(NumberWords.text(tensor.number(at: cell)))"
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
