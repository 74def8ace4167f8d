import Autograd

/// What an optimizer remembers for each parameter: tensors of the parameter's shape, and a step count.
struct OptimizerMemory {
  /// The names of the tensors, PyTorch's.
  private let slots: [String]
  private let countsSteps: Bool
  private let names: [String]
  private let shapes: [Shape]
  private let types: [DType]
  private var tensors: [[Tensor?]]
  private var steps: [Int]

  init(slots: [String], countsSteps: Bool, for parameters: [Optimizer.NamedParameter]) {
    self.slots = slots
    self.countsSteps = countsSteps
    names = parameters.map(\.name)
    shapes = parameters.map(\.tensor.shape)
    types = parameters.map(\.tensor.dtype)
    tensors = Array(repeating: Array(repeating: nil, count: slots.count), count: parameters.count)
    steps = Array(repeating: 0, count: parameters.count)
  }

  /// Whether a parameter has a tensor in a slot yet.
  func has(_ slot: Int, of parameter: Int) -> Bool { tensors[parameter][slot] != nil }

  /// A parameter's tensor in a slot, made of zeros when first asked for.
  mutating func tensor(_ slot: Int, of parameter: Int, like model: Tensor) -> Tensor {
    if let tensor = tensors[parameter][slot] { return tensor }
    let made = Tensor.zerosLike(model)
    tensors[parameter][slot] = made
    return made
  }

  /// Counts a step of a parameter, and returns how many there have been.
  mutating func countStep(of parameter: Int) -> Int {
    steps[parameter] += 1
    return steps[parameter]
  }

  /// Everything by name: `fc1.weight.exp_avg`, and `fc1.weight.step` in int64.
  var state: [Optimizer.NamedParameter] {
    var result: [Optimizer.NamedParameter] = []
    for (index, name) in names.enumerated() {
      if countsSteps, steps[index] > 0 {
        result.append(("\(name).step", Tensor([steps[index]]).viewed(as: [])))
      }
      for (slot, tensor) in zip(slots, tensors[index]) {
        if let tensor { result.append(("\(name).\(slot)", tensor)) }
      }
    }
    return result
  }

  /// This memory with a saved state in place of its own, in the parameters' types.
  func loading(_ state: [Optimizer.NamedParameter], of owner: String) throws -> OptimizerMemory {
    var result = self
    let given = Dictionary(state.map { ($0.name, $0.tensor) }, uniquingKeysWith: { $1 })
    var known: Set<String> = []
    for (index, name) in names.enumerated() {
      if countsSteps {
        known.insert("\(name).step")
        result.steps[index] = given["\(name).step"]?.integers().first ?? 0
      }
      for (slot, slotName) in slots.enumerated() {
        let full = "\(name).\(slotName)"
        known.insert(full)
        if let saved = given[full], saved.shape != shapes[index] {
          throw NNError.stateShape(of: owner, name: full, got: saved.shape, expected: shapes[index])
        }
        result.tensors[index][slot] = try noGrad { try given[full]?.to(types[index]).copied() }
      }
    }
    let unexpected = state.map(\.name).filter { !known.contains($0) }
    guard unexpected.isEmpty else {
      throw NNError.stateNames(of: owner, missing: [], unexpected: unexpected)
    }
    return result
  }
}
