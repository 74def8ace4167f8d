import Autograd
import Trace

/// Follows a value that is NaN, infinite or zero back through one iteration to the node that made it so.
struct CauseTracer {
  /// Where the way leads.
  enum End {
    /// To a node whose inputs are all sound; why, as a sentence.
    case here(String)
    /// To a parameter that was so when the iteration began.
    case earlier(parameter: Tensor, name: String)
  }

  let tape: Tape
  let reading: TapeReading
  let defect: Cause.Defect
  private(set) var path: [Cause.Step] = []

  /// A tracer on a tape.
  init(_ tape: Tape, _ reading: TapeReading, defect: Cause.Defect) {
    self.tape = tape
    self.reading = reading
    self.defect = defect
  }

  /// The defect of a tensor, or of one of its cells; nil where it is sound.
  static func defect(of tensor: Tensor, cell: Int?) -> Cause.Defect? {
    if let cell {
      let values = tensor.array(Float.self)
      guard values.indices.contains(cell) else { return nil }
      let value = values[cell]
      return value.isNaN ? .nan : value.isInfinite ? .infinite : value == 0 ? .zero : nil
    }
    if TensorMeasure.value(.nan, of: tensor) > 0 { return .nan }
    if TensorMeasure.value(.inf, of: tensor) > 0 { return .infinite }
    return TensorMeasure.value(.zeros, of: tensor) > 0 ? .zero : nil
  }

  /// Follows a node's tensor back, noting each node on the way.
  mutating func trace(_ id: Int, _ view: TensorView) -> End {
    var (id, view) = (id, view)
    var seen: Set<Place> = []
    while true {
      note(id, view)
      seen.insert(Place(id: id, view: view))
      switch before(id, view) {
      case .node(let next, let nextView) where !seen.contains(Place(id: next, view: nextView)):
        (id, view) = (next, nextView)
      case .node: return .here("the gradient goes in a circle at \(name(id))")
      case .end(let end): return end
      }
    }
  }

  private struct Place: Hashable {
    let id: Int
    let view: TensorView
  }

  private enum Source {
    case node(Int, TensorView)
    case end(End)
  }

  private func before(_ id: Int, _ view: TensorView) -> Source {
    let node = reading.graph.nodes[id]
    switch (node.kind, view) {
    case (.input, .gradient), (.input, .update): return .end(.here("\(node.name) is given"))
    case (.input, .value):
      return .end(.here("the data have it: \(counts(reading.tensors[id].value)) of the batch's \(node.name)"))
    case (.parameter, .gradient), (.operation, .gradient), (.operation, .update): return gradient(id)
    case (.parameter, _): return weight(id)
    case (.operation, .value): return value(id)
    }
  }

  /// An operation's value comes from its inputs.
  private func value(_ id: Int) -> Source {
    let node = reading.graph.nodes[id]
    if defect != .zero,
      let input = node.inputs.first(where: { isBroken(reading.tensors[$0].value) })
    {
      return .node(input, .value)
    }
    if defect == .zero, node.operation != "relu",
      let input = factors(of: node).first(where: { isAllZero(reading.tensors[$0].value) })
    {
      return .node(input, .value)
    }
    let inputs = node.inputs.compactMap { reading.tensors[$0].value }
    return .end(.here(CauseWords.origin(node, inputs, defect)))
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
      if isDefective(entry.upstream), source != id { return .node(source, .gradient) }
      if defect != .zero,
        let broken = reading.graph.nodes[source].inputs.first(where: { isBroken(reading.tensors[$0].value) })
      {
        return .node(broken, .value)
      }
      if defect != .zero, isBroken(reading.tensors[source].value) { return .node(source, .value) }
      return .end(.here(CauseWords.backward(reading.graph.nodes[source], entry, defect)))
    }
    if reading.graph.nodes[id].kind == .operation, defect != .zero, isBroken(reading.tensors[id].value) {
      return .node(id, .value)
    }
    return .end(
      .here("\(name(id)) is where backward begins, or its gradient was left from an iteration before"))
  }

  /// A weight comes from its update, or was so when the iteration began.
  private func weight(_ id: Int) -> Source {
    let name = name(id)
    guard let tensor = reading.tensors[id].value else { return .end(.here("\(name) has no value here")) }
    if defect == .zero { return .end(.here("\(name) has values that are 0")) }
    guard let before = reading.tensors[id].before, !isDefective(before) else {
      return .end(.earlier(parameter: tensor, name: name))
    }
    if isDefective(reading.tensors[id].gradient) || defect != .zero && isBroken(reading.tensors[id].gradient)
    {
      return .node(id, .gradient)
    }
    return .end(
      .here(
        "the update of step \(tape.iteration) made \(name) \(defect.word): before it the largest magnitude was "
          + "\(CauseWords.magnitude(before)), and its gradient's \(CauseWords.magnitude(reading.tensors[id].gradient))"
      ))
  }

  /// Whether a tensor has what is looked for; NaN may come from infinite values as well.
  private func isDefective(_ tensor: Tensor?) -> Bool {
    guard let tensor else { return false }
    return defect == .zero ? isAllZero(tensor) : isBroken(tensor)
  }

  private func isBroken(_ tensor: Tensor?) -> Bool { tensor.map { !TensorMeasure.isFinite($0) } ?? false }

  private func isAllZero(_ tensor: Tensor?) -> Bool {
    tensor.map { $0.dtype.isFloatingPoint && TensorMeasure.value(.zeros, of: $0) == 1 } ?? false
  }

  private mutating func note(_ id: Int, _ view: TensorView) {
    let tensors = reading.tensors[id]
    let tensor = view == .gradient ? tensors.gradient : tensors.value
    path.append(
      Cause.Step(position: position(of: id, view), node: name(id), view: view, text: counts(tensor)))
  }

  /// When a node came to its tensor.
  private func position(of id: Int, _ view: TensorView) -> Position {
    let start = Position(iteration: tape.iteration, phase: .batch, node: 0)
    let tensor = reading.tensors[id].value
    if view == .gradient {
      let place = tape.backward.firstIndex { entry in
        entry.node === tensor?.node
          || entry.node.inputs.enumerated().contains { index, input in
            input === tensor && entry.contributions.indices.contains(index)
              && entry.contributions[index] != nil
          }
      }
      return Position(iteration: tape.iteration, phase: .backward, node: place ?? 0)
    }
    if let place = tape.updates.firstIndex(where: { $0.parameter === tensor }),
      isDefective(tensor), !isDefective(tape.updates[place].before)
    {
      return Position(iteration: tape.iteration, phase: .update, node: place)
    }
    guard let place = tape.forward.firstIndex(where: { $0.output === tensor }) else { return start }
    let phase = tape.forward[place].phase
    let number = tape.forward[..<place].count { $0.phase == phase }
    return Position(iteration: tape.iteration, phase: phase, node: number)
  }

  /// How many values of a tensor are so, in words.
  private func counts(_ tensor: Tensor?) -> String {
    guard let tensor else { return "not there" }
    let (nan, inf) = (Int(TensorMeasure.value(.nan, of: tensor)), Int(TensorMeasure.value(.inf, of: tensor)))
    let zeros = Int((TensorMeasure.value(.zeros, of: tensor) * Double(tensor.elementCount)).rounded())
    let found = [(nan, "NaN"), (inf, "infinite"), (defect == .zero ? zeros : 0, "0")].filter { $0.0 > 0 }
    guard !found.isEmpty else { return "sound" }
    let words = found.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "\(words) of \(tensor.elementCount)"
  }

  private func name(_ id: Int) -> String { reading.graph.nodes[id].name }
}

extension Cause.Defect {
  /// The defect as a word in a sentence.
  var word: String {
    switch self {
    case .nan: "NaN"
    case .infinite: "infinite"
    case .zero: "0"
    }
  }
}
