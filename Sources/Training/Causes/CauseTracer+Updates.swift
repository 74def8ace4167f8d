import Autograd
import Localization
import NN
import Numbers
import Trace

/// What an optimizer did.
extension CauseTracer {
  /// The update of a whole parameter comes from its gradient.
  func update(_ id: Int) -> Origin {
    guard let gradient = reading.tensors[id].gradient, let update = reading.tensor(id, .update) else {
      return .end(.here(localized("\(name(id)) has no update here")))
    }
    if isDefective(gradient) { return .tensor(TensorReference(id: id, view: .gradient)) }
    let cell =
      defect == .zero ? largestCell(of: gradient) : CauseTracer.firstCell(of: update, with: defect) ?? 0
    return self.update(id, cell)
  }

  /// The update of a cell comes from its gradient, or was broken because the weight or the optimizer's memory was.
  func update(_ id: Int, _ cell: Int) -> Origin {
    guard let gradient = reading.tensors[id].gradient, let before = reading.tensors[id].before else {
      return .end(.here(localized("\(name(id)) has no update here")))
    }
    if isDefective(gradient.number(at: cell)) {
      return .tensor(TensorReference(id: id, view: .gradient, cell: cell))
    }
    if defect != .zero, isDefective(before.number(at: cell)) {
      return .tensor(TensorReference(id: id, view: .value, cell: cell, isBeforeUpdate: true))
    }
    return ownOrigin(ofUpdateOf: id, before, cell)
  }

  /// Where a defect began that an update made of a sound gradient: in the optimizer's memory, or in the update itself.
  func ownOrigin(ofUpdateOf id: Int, _ before: Tensor, _ cell: Int) -> Origin {
    if defect != .zero, let parameter = reading.tensors[id].value, let slot = brokenMemory(of: id, cell) {
      return .end(
        .earlier(Suspect(parameter: parameter, name: name(id), part: .memory(slot), cell: cell)))
    }
    return .end(.here(conclusion(onUpdateOf: id, before, cell)))
  }

  /// Follows what the optimizer remembers of a cell, `number`, which the last update on the tape made NaN or infinite.
  mutating func trace(_ id: Int, memory slot: String, _ number: Double, cell: Int) -> End {
    guard let before = reading.tensors[id].before, let gradient = reading.tensors[id].gradient else {
      return .here(localized("\(name(id)) has no update here"))
    }
    add(
      Cause.Step(
        position: Position(step: tape.step, phase: .update, node: tape.updates.count - 1), node: name(id),
        view: .update, index: before.shape.index(of: cell),
        text: localized("the optimizer's \(slot) becomes \(NumberText.cell(number))")))
    if isDefective(gradient.number(at: cell)) { return trace(id, .gradient, cell: cell) }
    if let broken = brokenMemory(of: id, cell), let parameter = reading.tensors[id].value {
      return .earlier(Suspect(parameter: parameter, name: name(id), part: .memory(broken), cell: cell))
    }
    return .here(
      localized(
        """
        the update of step \(tape.step) made the optimizer's \(slot) of \(name(id, cell, in: before)) \
        \(CauseTracer.defect(of: number)?.word ?? defect.word): \(facts(of: id, cell))
        """))
  }

  /// How an optimizer gave a parameter's cell a defect that its gradient does not have.
  func conclusion(onUpdateOf id: Int, _ before: Tensor, _ cell: Int) -> String {
    let subject = name(id, cell, in: before)
    let facts = facts(of: id, cell)
    if defect == .zero, isUnmoved(id, before, cell) {
      return rate == 0
        ? localized(
          """
          the learning rate is 0, so the update leaves \(subject) as it is; its gradient is \
          \(gradient(of: id, cell))
          """)
        : localized(
          "the step is too small to change \(subject), which is \(NumberText.cell(before.number(at: cell))): \(facts)"
        )
    }
    // What is NaN later on may begin as infinite.
    let own = reading.tensors[id].updated.flatMap { CauseTracer.defect(of: $0.number(at: cell)) } ?? defect
    return localized(
      """
      the update of step \(tape.step) made \(subject) \(own.word): before it, the weight was \
      \(NumberText.cell(before.number(at: cell))); \(facts)
      """)
  }

  /// What an update was made from: the gradient, what the optimizer remembered, the learning rate.
  private func facts(of id: Int, _ cell: Int) -> String {
    var facts = [localized("its gradient is \(gradient(of: id, cell))")]
    for slot in memory(of: id) where slot.tensor.dtype.isFloatingPoint && slot.tensor.rank > 0 {
      facts.append(localized("\(slot.name) was \(NumberText.cell(slot.tensor.number(at: cell)))"))
    }
    if let rate { facts.append(localized("the learning rate \(NumberText.cell(rate))")) }
    let last = facts.removeLast()
    return facts.isEmpty ? last : localized("\(facts.joined(separator: ", ")) and \(last)")
  }

  private func gradient(of id: Int, _ cell: Int) -> String {
    reading.tensors[id].gradient.map { NumberText.cell($0.number(at: cell)) } ?? localized("unknown")
  }

  /// The learning rate with which parameters were changed; nil where it is not known, or differs between groups.
  private var rate: Double? {
    tape.settings.contains { $0.name.hasSuffix(".lr") } ? nil : tape.settings.first { $0.name == "lr" }?.value
  }

  private func isUnmoved(_ id: Int, _ before: Tensor, _ cell: Int) -> Bool {
    reading.tensors[id].updated?.number(at: cell) == before.number(at: cell)
  }

  /// What the optimizer remembered of a cell that was not finite before the update, by its name.
  private func brokenMemory(of id: Int, _ cell: Int) -> String? {
    memory(of: id).first { !CauseTracer.number($0.tensor, of: cell).isFinite }?.name
  }

  /// What the optimizer remembered of a parameter before its update.
  private func memory(of id: Int) -> [Optimizer.NamedParameter] {
    tape.updates.first { $0.parameter === reading.tensors[id].value }?.memory ?? []
  }

  /// What a tensor of the optimizer's memory has for a cell of its parameter; a scalar has the same for all.
  static func number(_ memory: Tensor, of cell: Int) -> Double {
    memory.number(at: memory.rank == 0 ? 0 : cell)
  }

  private func largestCell(of tensor: Tensor) -> Int {
    let numbers = tensor.array(Double.self)
    return numbers.indices.max { numbers[$0].magnitude < numbers[$1].magnitude } ?? 0
  }
}
