import Autograd
import Trace

/// Follows a value that is NaN, infinite or zero back through one iteration to the node that made it so: cell by
/// cell where a cell was asked about, else for whole tensors.
struct CauseTracer {
  /// Where the way leads.
  enum End {
    /// To a node whose inputs are all sound; why, as a sentence.
    case here(String)
    /// To a parameter, or one cell of it, that was so when the iteration began.
    case earlier(parameter: Tensor, name: String, cell: Int?)
  }

  /// A tensor on the way, or one cell of it.
  struct Spot: Hashable {
    let id: Int
    let view: TensorView
    /// The cell's place in row-major order; nil for the whole tensor.
    var cell: Int?
    /// Whether a parameter is meant as forward read it, before its update.
    var isBeforeUpdate = false
  }

  /// What made a spot so.
  indirect enum Source {
    case spot(Spot)
    case end(End)
    /// Found in whole tensors, since an operation has no rule for its cells.
    case ruleless(Source, operation: String)
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
      return (0..<tensor.elementCount).contains(cell) ? defect(of: tensor.number(at: cell)) : nil
    }
    if TensorMeasure.value(.nan, of: tensor) > 0 { return .nan }
    if TensorMeasure.value(.inf, of: tensor) > 0 { return .infinite }
    return TensorMeasure.value(.zeros, of: tensor) > 0 ? .zero : nil
  }

  /// The defect of a number; nil where it is sound.
  static func defect(of number: Double) -> Cause.Defect? {
    number.isNaN ? .nan : number.isInfinite ? .infinite : number == 0 ? .zero : nil
  }

  /// Follows a node's tensor, or one cell of it, back, noting each node on the way.
  mutating func trace(_ id: Int, _ view: TensorView, cell: Int? = nil) -> End {
    var spot = Spot(id: id, view: view, cell: cell)
    var seen: Set<Spot> = []
    while true {
      note(spot)
      seen.insert(spot)
      var origin = spot.cell.map { source(of: spot, cell: $0) } ?? source(of: spot)
      if case .ruleless(let found, let operation) = origin {
        path[path.count - 1].text += ", and \(operation) has no rule for its cells: whole tensors from here"
        origin = found
      }
      switch origin {
      case .spot(let next) where !seen.contains(next): spot = next
      case .spot: return .here("the way goes in a circle at \(name(spot.id))")
      case .end(let end): return end
      case .ruleless: return .here("\(name(spot.id)) has no rule for its cells")
      }
    }
  }

  // MARK: Tensors

  /// The tensor of a spot; nil where it has none.
  func tensor(of spot: Spot) -> Tensor? {
    let tensors = reading.tensors[spot.id]
    switch spot.view {
    case .gradient: return tensors.gradient
    case .value, .update: return spot.isBeforeUpdate ? tensors.before ?? tensors.value : tensors.value
    }
  }

  /// A tensor as forward read it: before the update, where that has changed it.
  func asItWas(_ tensor: Tensor) -> Tensor {
    tape.updates.first { $0.parameter === tensor }?.before ?? tensor
  }

  /// What an operation was given, as it read it.
  func isBroken(input id: Int) -> Bool {
    let tensors = reading.tensors[id]
    return isBroken(tensors.before ?? tensors.value)
  }

  /// Whether a tensor has what is looked for; NaN may come from infinite values as well.
  func isDefective(_ tensor: Tensor?) -> Bool {
    guard let tensor else { return false }
    return defect == .zero ? isAllZero(tensor) : isBroken(tensor)
  }

  /// Whether a number is what is looked for; NaN may come from infinite numbers as well.
  func isDefective(_ number: Double) -> Bool { defect == .zero ? number == 0 : !number.isFinite }

  func isBroken(_ tensor: Tensor?) -> Bool { tensor.map { !TensorMeasure.isFinite($0) } ?? false }

  func isAllZero(_ tensor: Tensor?) -> Bool {
    tensor.map { $0.dtype.isFloatingPoint && TensorMeasure.value(.zeros, of: $0) == 1 } ?? false
  }

  // MARK: Words

  /// A node's name.
  func name(_ id: Int) -> String { reading.graph.nodes[id].name }

  private mutating func note(_ spot: Spot) {
    let tensor = tensor(of: spot)
    var step = Cause.Step(
      position: position(of: spot), node: name(spot.id), view: spot.view, text: counts(tensor))
    if let cell = spot.cell, let tensor, let number = number(at: cell, of: spot) {
      step.index = tensor.shape.index(of: cell)
      step.text = "= \(NumberWords.text(number))"
    }
    path.append(step)
  }

  /// When a node came to its tensor.
  private func position(of spot: Spot) -> Position {
    let start = Position(iteration: tape.iteration, phase: .batch, node: 0)
    let tensor = reading.tensors[spot.id].value
    if spot.view == .gradient {
      let place = tape.backward.lastIndex { $0.node === tensor?.node || sends($0, to: tensor) }
      return Position(iteration: tape.iteration, phase: .backward, node: place ?? 0)
    }
    if spot.view == .update || !spot.isBeforeUpdate && !wasSoBefore(spot),
      let place = tape.updates.firstIndex(where: { $0.parameter === tensor })
    {
      return Position(iteration: tape.iteration, phase: .update, node: place)
    }
    guard let place = tape.forward.firstIndex(where: { $0.output === tensor }) else { return start }
    let phase = tape.forward[place].phase
    let number = tape.forward[..<place].count { $0.phase == phase }
    return Position(iteration: tape.iteration, phase: phase, node: number)
  }

  /// Whether a backward entry sent gradient to a tensor; its node has given back what it was given.
  private func sends(_ entry: Tape.Backward, to tensor: Tensor?) -> Bool {
    guard let forward = tape.forward.first(where: { $0.output.node === entry.node }) else { return false }
    return zip(forward.inputs, entry.contributions).contains { $0 === tensor && $1 != nil }
  }

  /// Whether a parameter had the defect already before its update, or was not updated yet.
  func wasSoBefore(_ spot: Spot) -> Bool {
    guard !spot.isBeforeUpdate, let before = reading.tensors[spot.id].before else { return true }
    return spot.cell.map { isDefective(before.number(at: $0)) } ?? isDefective(before)
  }

  /// How many values of a tensor are so, in words.
  func counts(_ tensor: Tensor?) -> String { Self.counts(tensor, defect) }

  /// How many values of a tensor have a defect, in words.
  static func counts(_ tensor: Tensor?, _ defect: Cause.Defect) -> String {
    guard let tensor else { return "not there" }
    let (nan, inf) = (Int(TensorMeasure.value(.nan, of: tensor)), Int(TensorMeasure.value(.inf, of: tensor)))
    let zeros = Int((TensorMeasure.value(.zeros, of: tensor) * Double(tensor.elementCount)).rounded())
    let found = [(nan, "NaN"), (inf, "infinite"), (defect == .zero ? zeros : 0, "zero")].filter { $0.0 > 0 }
    guard !found.isEmpty else { return "sound" }
    let words = found.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "\(words) of \(tensor.elementCount)"
  }
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
