import Autograd
import Localization
import Numbers
import Trace

/// Follows a value that is NaN, infinite or 0 back through one step to the node where that began: cell by cell
/// if the question is about a cell, otherwise by whole tensors.
struct CauseTracer {
  /// Where the path ends.
  enum End {
    /// At a node whose inputs do not have the defect; why, as a sentence.
    case here(String)
    /// At something that had the defect already when the step began.
    case earlier(Suspect)
  }

  /// A node's tensor on the path, or one cell of it.
  struct TensorReference: Hashable {
    let id: Int
    let view: TensorView
    /// The cell's place in row-major order; nil for the whole tensor.
    var cell: Int?
    /// Whether this is the parameter as forward read it, before its update.
    var isBeforeUpdate = false
  }

  /// What gave a tensor or a cell its defect.
  indirect enum Origin {
    case tensor(TensorReference)
    case end(End)
    /// Found in whole tensors, since an operator has no rule for its cells.
    case withoutRule(Origin, operation: String)
  }

  let tape: Tape
  let reading: TapeReading
  let defect: Cause.Defect
  /// The tensors or cells of the path, from the one in question.
  private(set) var path: [Cause.Step] = []

  /// A tracer on a tape.
  init(_ tape: Tape, _ reading: TapeReading, defect: Cause.Defect) {
    self.tape = tape
    self.reading = reading
    self.defect = defect
  }

  /// The defect of a tensor, or of one of its cells; nil where it has none.
  static func defect(of tensor: Tensor, cell: Int?) -> Cause.Defect? {
    if let cell {
      return (0..<tensor.elementCount).contains(cell) ? defect(of: tensor.number(at: cell)) : nil
    }
    if TensorMeasure.value(.nan, of: tensor) > 0 { return .nan }
    if TensorMeasure.value(.inf, of: tensor) > 0 { return .infinite }
    return TensorMeasure.value(.zeros, of: tensor) > 0 ? .zero : nil
  }

  /// The first cell of a tensor that has a defect; where none is NaN, the first that is infinite, and the reverse.
  static func firstCell(of tensor: Tensor, with wanted: Cause.Defect) -> Int? {
    let numbers = tensor.array(Double.self)
    return numbers.firstIndex { defect(of: $0) == wanted }
      ?? (wanted == .zero ? nil : numbers.firstIndex { !$0.isFinite })
  }

  /// The defect of a number; nil where it has none.
  static func defect(of number: Double) -> Cause.Defect? {
    number.isNaN ? .nan : number.isInfinite ? .infinite : number == 0 ? .zero : nil
  }

  /// Follows a node's tensor, or one cell of it, back, adding each node to the path.
  mutating func trace(_ id: Int, _ view: TensorView, cell: Int? = nil) -> End {
    var reference = TensorReference(id: id, view: view, cell: cell)
    var seen: Set<TensorReference> = []
    while true {
      addStep(reference)
      seen.insert(reference)
      var origin = reference.cell.map { self.origin(of: reference, cell: $0) } ?? origin(of: reference)
      if case .withoutRule(let found, let operation) = origin {
        path[path.count - 1].text +=
          localized("; which cells \(operation) reads is not known, so whole tensors are followed from here")
        origin = found
      }
      switch origin {
      case .tensor(let next) where !seen.contains(next): reference = next
      case .tensor: return .here(localized("the path returns to \(name(reference.id))"))
      case .end(let end): return end
      case .withoutRule(_, let operation):
        return .here(localized("which cells \(operation) reads is not known"))
      }
    }
  }

  // MARK: Tensors

  /// The tensor; nil where the node has none.
  func tensor(of reference: TensorReference) -> Tensor? {
    let tensors = reading.tensors[reference.id]
    return reference.isBeforeUpdate
      ? tensors.before ?? tensors.value : reading.tensor(reference.id, reference.view)
  }

  /// A tensor as forward read it: before the update, where that has changed it.
  func asItWas(_ tensor: Tensor) -> Tensor { reading.asItWasRead(tensor) }

  /// Whether an input of an operation, as it read it, has values that are not finite.
  func isBroken(input id: Int) -> Bool {
    let tensors = reading.tensors[id]
    return isBroken(tensors.before ?? tensors.value)
  }

  /// Whether a tensor has the defect; NaN may come from infinite values as well.
  func isDefective(_ tensor: Tensor?) -> Bool {
    guard let tensor else { return false }
    return defect == .zero ? isAllZero(tensor) : isBroken(tensor)
  }

  /// Whether a number has the defect; NaN may come from infinite numbers as well.
  func isDefective(_ number: Double) -> Bool { defect == .zero ? number == 0 : !number.isFinite }

  func isBroken(_ tensor: Tensor?) -> Bool { tensor.map { !TensorMeasure.isFinite($0) } ?? false }

  func isAllZero(_ tensor: Tensor?) -> Bool {
    tensor.map { $0.dtype.isFloatingPoint && TensorMeasure.value(.zeros, of: $0) == 1 } ?? false
  }

  // MARK: Words

  /// A node's name.
  func name(_ id: Int) -> String { reading.graph.nodes[id].name }

  private mutating func addStep(_ reference: TensorReference) {
    let tensor = tensor(of: reference)
    var step = Cause.Step(
      position: position(of: reference), node: name(reference.id), view: reference.view, text: counts(tensor))
    if let cell = reference.cell, let tensor, (0..<tensor.elementCount).contains(cell) {
      step.index = tensor.shape.index(of: cell)
      step.text = "= \(NumberText.cell(tensor.number(at: cell)))"
    }
    add(step)
  }

  /// Adds a step to the path.
  mutating func add(_ step: Cause.Step) { path.append(step) }

  /// When the tensor was computed.
  private func position(of reference: TensorReference) -> Position {
    let start = Position(step: tape.step, phase: .batch, node: 0)
    let tensor = reading.tensors[reference.id].value
    if reference.view == .gradient {
      let place = tape.backward.lastIndex { $0.node === tensor?.node || passes($0, to: tensor) }
      return Position(step: tape.step, phase: .backward, node: place ?? 0)
    }
    if reference.view == .update || !reference.isBeforeUpdate && !hadDefectBefore(reference),
      let place = tape.updates.firstIndex(where: { $0.parameter === tensor })
    {
      return Position(step: tape.step, phase: .update, node: place)
    }
    guard let place = tape.forward.firstIndex(where: { $0.output === tensor }) else { return start }
    let phase = tape.forward[place].phase
    let number = tape.forward[..<place].count { $0.phase == phase }
    return Position(step: tape.step, phase: phase, node: number)
  }

  /// Whether a backward entry passed gradient to a tensor; its node has released its inputs by then.
  private func passes(_ entry: Tape.Backward, to tensor: Tensor?) -> Bool {
    guard let forward = tape.forward.first(where: { $0.output.node === entry.node }) else { return false }
    return zip(forward.inputs, entry.contributions).contains { $0 === tensor && $1 != nil }
  }

  /// Whether a parameter had the defect already before its update, or was not updated yet.
  func hadDefectBefore(_ reference: TensorReference) -> Bool {
    guard !reference.isBeforeUpdate, let before = reading.tensors[reference.id].before else { return true }
    return reference.cell.map { isDefective(before.number(at: $0)) } ?? isDefective(before)
  }

  /// How many values of a tensor have the defect, in words.
  func counts(_ tensor: Tensor?) -> String { Self.counts(tensor, defect) }

  /// How many values of a tensor have a defect, in words.
  static func counts(_ tensor: Tensor?, _ defect: Cause.Defect) -> String {
    guard let tensor else { return localized("no values") }
    let (nan, inf) = (Int(TensorMeasure.value(.nan, of: tensor)), Int(TensorMeasure.value(.inf, of: tensor)))
    let zeros = Int((TensorMeasure.value(.zeros, of: tensor) * Double(tensor.elementCount)).rounded())
    let found = [
      nan > 0 ? localized("\(nan) NaN") : nil, inf > 0 ? localized("\(inf) infinite") : nil,
      defect == .zero && zeros > 0 ? localized("\(zeros) zero") : nil,
    ].compactMap { $0 }
    guard !found.isEmpty else { return defect == .zero ? localized("no zeros") : localized("finite") }
    let words = found.joined(separator: ", ")
    return localized("\(words) of \(tensor.elementCount)")
  }
}
