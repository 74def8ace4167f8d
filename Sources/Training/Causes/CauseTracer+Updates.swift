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
    return .end(.here(conclusion(onUpdateOf: id, before, cell)))
  }

  /// How an optimizer gave a parameter's cell a defect that its gradient does not have.
  func conclusion(onUpdateOf id: Int, _ before: Tensor, _ cell: Int) -> String {
    let subject = name(id, cell, in: before)
    let gradient =
      reading.tensors[id].gradient.map { NumberText.cell($0.number(at: cell)) } ?? localized("unknown")
    let facts =
      rate.map { localized("its gradient is \(gradient) and the learning rate \(NumberText.cell($0))") }
      ?? localized("its gradient is \(gradient)")
    if defect == .zero, isUnmoved(id, before, cell) {
      return rate == 0
        ? localized(
          "the learning rate is 0, so the update leaves \(subject) as it is; its gradient is \(gradient)")
        : localized(
          "the step is too small to change \(subject), which is \(NumberText.cell(before.number(at: cell))): \(facts)"
        )
    }
    if defect != .zero, let broken = brokenMemory(of: id, cell) {
      return localized(
        """
        the optimizer's \(broken.name) of \(subject) was \(NumberText.cell(broken.value)) already before the update of \
        step \(tape.step); \(facts)
        """)
    }
    return localized(
      """
      the update of step \(tape.step) made \(subject) \(defect.word): before it, the weight was \
      \(NumberText.cell(before.number(at: cell))); \(facts)
      """)
  }

  /// The learning rate with which parameters were changed; nil where it is not known, or differs between groups.
  private var rate: Double? {
    tape.settings.contains { $0.name.hasSuffix(".lr") } ? nil : tape.settings.first { $0.name == "lr" }?.value
  }

  private func isUnmoved(_ id: Int, _ before: Tensor, _ cell: Int) -> Bool {
    reading.tensors[id].value?.number(at: cell) == before.number(at: cell)
  }

  /// What the optimizer remembered of a cell that was not finite before the update.
  private func brokenMemory(of id: Int, _ cell: Int) -> (name: String, value: Double)? {
    let memory = tape.updates.first { $0.parameter === reading.tensors[id].value }?.memory ?? []
    return memory.lazy.map { ($0.name, $0.tensor.number(at: $0.tensor.rank == 0 ? 0 : cell)) }
      .first { !$0.1.isFinite }
  }

  private func largestCell(of tensor: Tensor) -> Int {
    let numbers = tensor.array(Double.self)
    return numbers.indices.max { numbers[$0].magnitude < numbers[$1].magnitude } ?? 0
  }
}
