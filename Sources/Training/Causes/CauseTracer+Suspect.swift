import Autograd
import Localization
import Trace

extension CauseTracer {
  /// What is kept from step to step and had a defect: a parameter, its gradient or what the optimizer remembers of it,
  /// or one cell of these.
  struct Suspect {
    /// Which tensor of the parameter.
    enum Part {
      case value, gradient
      /// The optimizer's, by its name.
      case memory(String)
    }

    let parameter: Tensor
    let name: String
    var part = Part.value
    /// The cell, by its place in row-major order; nil for the whole tensor.
    let cell: Int?
  }
}

extension CauseTracer.Suspect {
  /// The cell's index; nil for the whole tensor.
  var index: [Int]? { cell.map { parameter.shape.index(of: $0) } }

  /// What it is: `fc1.weight[3,4]`, `the gradient of fc1.weight`.
  var subject: String {
    let cell = name + (index.map { CellIndex.text($0) } ?? "")
    return switch part {
    case .value: cell
    case .gradient: localized("the gradient of \(cell)")
    case .memory(let slot): localized("the optimizer's \(slot) of \(cell)")
    }
  }

  /// Its tensor in a keyframe, where the parameter has a place; nil where there was none yet.
  func tensor(in frame: Keyframe, at place: Int, _ state: ModelState) -> Tensor? {
    switch part {
    case .value: return frame.parameters[place]
    case .gradient: return frame.gradients[place]
    case .memory(let slot):
      return state.optimizerName(of: parameter).flatMap { name in
        frame.memory.first { $0.name == "\(name).\(slot)" }?.tensor
      }
    }
  }

  /// Whether a tensor, or its cell in question, has a defect.
  func isBroken(_ tensor: Tensor, _ defect: Cause.Defect) -> Bool {
    guard let cell else { return !TensorMeasure.isFinite(tensor) }
    let number = CauseTracer.number(tensor, of: cell)
    return defect == .zero ? number == 0 : !number.isFinite
  }

  /// The tensor to which the node that has just run gave the defect; nil where it did not.
  func tensor(givenTo defect: Cause.Defect, at visit: Walk.Visit, _ state: ModelState) -> Tensor? {
    let tensor: Tensor?
    let update = visit.tape.updates.last.flatMap { $0.parameter === parameter ? $0 : nil }
    switch (part, visit.position.phase) {
    // What the last node of backward added is visible once the first update has run.
    case (.gradient, .backward), (.gradient, .update): tensor = parameter.grad
    case (.value, .update) where update != nil: tensor = parameter
    case (.memory(let slot), .update) where update != nil:
      let memory = state.optimizerName(of: parameter).flatMap { state.memory[$0] }
      tensor = memory?.first { $0.name == slot }?.tensor
    default: return nil
    }
    guard let tensor, isBroken(tensor, defect) else { return nil }
    // A weight that was 0 before is not made 0.
    guard defect == .zero, let cell, let before = update?.before else { return tensor }
    return before.number(at: cell) != 0 ? tensor : nil
  }
}
