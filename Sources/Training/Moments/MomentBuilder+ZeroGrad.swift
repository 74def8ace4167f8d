import Autograd
import Localization
import Numbers
import Trace

/// The place in a step at which the gradients of the step before are set to zero.
extension MomentBuilder {
  /// The moment after `zero_grad`: it shows what the gradients were.
  func zeroGradMoment(
    at position: Position, _ tape: Tape, _ reading: TapeReading, _ graph: ComputationGraph,
    _ states: [NodeState], _ focus: Focus, batch: BatchSnapshot?
  ) -> Moment {
    let shown = shownParameter(focus)
    let old = shown.flatMap { shown in tape.old.first { $0.parameter === shown.tensor }?.gradient }
    let cell = shown.flatMap { self.cell(of: $0.name, old ?? $0.tensor, focus) }
    var explanation = Explanation(numpy: ["grads = {}"], pytorch: "optimizer.zero_grad()")
    explanation.zeroGrad = lines(tape, shown?.name, old, cell: cell ?? 0)
    var moment = Moment(
      position: position, current: shown.flatMap { graph.node(named: $0.name)?.id }, graph: graph,
      states: states, phaseNodeCount: 1, parameters: names.orderedParameters.map { parameter($0, reading) },
      focus: shown.map { name, tensor in
        TensorSnapshot(
          node: name, view: old == nil ? .value : .gradient, shape: Array(tensor.shape),
          values: (old ?? tensor).array())
      }, batch: batch, explanation: explanation)
    moment.cell = cell
    moment.followed = focus.followed
    moment.optimizer = settingsSummary
    return moment
  }

  /// The chosen parameter, or the first: the same on every way to the moment.
  private func shownParameter(_ focus: Focus) -> (name: String, tensor: Tensor)? {
    names.orderedParameters.first { $0.name == focus.node } ?? names.orderedParameters.first
  }

  private func cell(of name: String, _ tensor: Tensor, _ focus: Focus) -> Int? {
    if let followed = focus.followed.last(where: { $0.node == name }) {
      return min(followed.cell, max(0, tensor.elementCount - 1))
    }
    let values = tensor.array(Float.self)
    return values.indices.max { abs(values[$0]) < abs(values[$1]) }
  }

  /// The chosen cell before and after, then each parameter's gradient.
  private func lines(_ tape: Tape, _ name: String?, _ old: Tensor?, cell: Int) -> [String] {
    guard !tape.old.isEmpty else {
      return [
        tape.step == 1
          ? localized("There are no gradients yet: this is the first step.")
          : localized("The gradients of the step before are not known here: it cannot be computed again.")
      ]
    }
    let isOn = switches.zeroGrad
    var lines: [String] = []
    if let name, let old {
      let before = NumberText.cell(old.number(at: cell))
      let index = CellIndex.text(old.shape.index(of: cell))
      lines.append(
        isOn
          ? localized("\(name).grad\(index): before \(before), after 0")
          : localized("\(name).grad\(index) stays \(before): zero_grad is off, and backward adds to it"))
    }
    return lines
      + names.orderedParameters.compactMap { parameter in
        tape.old.first { $0.parameter === parameter.tensor }.map { kept in
          let before = "∇\(NumberText.brief(Double(norm(kept.gradient))))"
          return "\(parameter.name): \(before) → \(isOn ? "0" : before)"
        }
      }
  }
}
