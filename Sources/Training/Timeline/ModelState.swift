import Autograd
import NN

/// All that training changes in an experiment: it is copied out into keyframes and copied back in.
///
/// Owner: the training queue.
package struct ModelState {
  private let parameters: [Tensor]
  private let buffers: [Tensor]
  private let optimizer: any Optimizer
  private let schedule: (any Schedule)?
  private let switches: TrainingSwitches
  /// Whether each parameter's gradient is kept from step to step, since the optimizer does not have the parameter.
  private let keepsGradient: [Bool]
  /// The names under which the optimizer has its parameters, which may be others than the model's.
  private let optimizerNames: [ObjectIdentifier: String]
  private let pool = StoragePool(maximumIdleByteCount: 1 << 26)

  /// The state of a model, its optimizer and the schedule of its learning rate.
  package init(
    model: any Module, optimizer: any Optimizer, schedule: (any Schedule)? = nil,
    switches: TrainingSwitches = TrainingSwitches()
  ) {
    self.switches = switches
    self.schedule = schedule
    parameters = ModelNames(model, optimizer).orderedParameters.map(\.tensor)
    buffers = model.namedBuffers().map(\.tensor)
    self.optimizer = optimizer
    let names = Dictionary(
      optimizer.parameters.map { (ObjectIdentifier($0.tensor), $0.name) },
      uniquingKeysWith: { first, _ in first })
    keepsGradient = parameters.map { names[ObjectIdentifier($0)] == nil }
    optimizerNames = names
  }

  /// The hash of the parameters and buffers as they are now.
  package var hash: UInt64 {
    var hash = ParameterHash()
    for tensor in parameters { tensor.withBytes { hash.add($0) } }
    for tensor in buffers { tensor.withBytes { hash.add($0) } }
    return hash.value
  }

  /// Copies everything; with `inStep` also the gradients that the next step resets.
  package func capture(_ start: StepStart, hash: UInt64, inStep: Bool = false) -> Keyframe {
    keyframe(start, hash: hash, inStep: inStep, copy)
  }

  /// Everything as it is now, not copied: it is valid until training continues.
  func view(_ start: StepStart, hash: UInt64) -> Keyframe {
    keyframe(start, hash: hash, inStep: false) { $0 }
  }

  private func keyframe(
    _ start: StepStart, hash: UInt64, inStep: Bool, _ take: (Tensor) -> Tensor
  ) -> Keyframe {
    Keyframe(
      start: start, hash: hash, parameters: parameters.map(take), buffers: buffers.map(take),
      gradients: zip(parameters, keepsGradient).map { parameter, keeps in
        keeps || inStep || !switches.zeroGrad ? parameter.grad.map(take) : nil
      }, memory: optimizer.state.map { ($0.name, take($0.tensor)) }, settings: optimizer.hyperparameters,
      schedule: schedule?.state ?? [:], zeroGrad: switches.zeroGrad)
  }

  /// The gradients of the parameters that have one.
  var gradients: [Tape.Kept] {
    parameters.compactMap { parameter in
      parameter.grad.map { Tape.Kept(parameter: parameter, gradient: $0) }
    }
  }

  /// The optimizer's settings as they are now.
  var settings: [Hyperparameter] { optimizer.hyperparameters }

  /// The name under which the optimizer has a parameter; nil for one that it does not change.
  func optimizerName(of parameter: Tensor) -> String? { optimizerNames[ObjectIdentifier(parameter)] }

  /// The optimizer's state for each parameter, `exp_avg` and the like, by the optimizer's name of the parameter.
  var memory: [String: [Optimizer.NamedParameter]] {
    var result: [String: [Optimizer.NamedParameter]] = [:]
    for (name, tensor) in optimizer.state {
      guard let dot = name.lastIndex(of: ".") else { continue }
      result[String(name[..<dot]), default: []].append((String(name[name.index(after: dot)...]), tensor))
    }
    return result
  }

  /// How often each parameter and buffer was changed in place. Setting it restores the counts after changes were undone,
  /// so that backward does not take them for a mistake.
  var versions: [Int] {
    get { (parameters + buffers).map(\.version) }
    nonmutating set {
      for (tensor, version) in zip(parameters + buffers, newValue) { tensor.version = version }
    }
  }

  /// A copy in memory that is reused.
  func copy(_ tensor: Tensor) -> Tensor { tensor.copied(pool: pool) }

  /// Restores a keyframe between two steps.
  ///
  /// - Throws: what the optimizer throws if it does not accept the state.
  package func restore(_ keyframe: Keyframe) throws {
    try noGrad {
      for (tensor, saved) in zip(parameters, keyframe.parameters) { try tensor.copy(from: saved) }
      for (tensor, saved) in zip(buffers, keyframe.buffers) { try tensor.copy(from: saved) }
    }
    for (tensor, saved) in zip(parameters, keyframe.gradients) { tensor.grad = saved?.copied() }
    try restoreOptimizer(keyframe)
  }

  /// Whether everything equals the keyframe to the bit, gradients included.
  package func matches(_ keyframe: Keyframe) -> Bool {
    let memory = optimizer.state
    return memory.map(\.name) == keyframe.memory.map(\.name) && (schedule?.state ?? [:]) == keyframe.schedule
      && zip(memory, keyframe.memory).allSatisfy { $0.tensor.hasSameBytes(as: $1.tensor) }
      && zip(parameters, keyframe.parameters).allSatisfy { $0.hasSameBytes(as: $1) }
      && zip(buffers, keyframe.buffers).allSatisfy { $0.hasSameBytes(as: $1) }
      && zip(parameters, keyframe.gradients).allSatisfy { parameter, saved in
        saved.map { parameter.grad?.hasSameBytes(as: $0) ?? false } ?? (parameter.grad == nil)
      }
  }

  /// Restores a keyframe in the middle of a step.
  ///
  /// The values are written without counting the changes, so that backward does not take them for a mistake.
  /// - Throws: what the optimizer throws if it does not accept the state.
  package func putBack(_ keyframe: Keyframe) throws {
    for (tensor, saved) in zip(parameters + buffers, keyframe.parameters + keyframe.buffers) {
      if tensor.isContiguous {
        saved.withBytes { tensor.overwrite($0) }
      } else if !tensor.hasSameBytes(as: saved) {
        try noGrad { try tensor.copy(from: saved) }
      }
    }
    for (tensor, saved) in zip(parameters, keyframe.gradients) { tensor.grad = saved?.copied() }
    try restoreOptimizer(keyframe)
  }

  private func restoreOptimizer(_ keyframe: Keyframe) throws {
    switches.setZeroGrad(keyframe.zeroGrad)
    try optimizer.loadState(keyframe.memory)
    for (setting, saved) in zip(optimizer.hyperparameters, keyframe.settings) where setting != saved {
      try optimizer.setHyperparameter(saved.name, to: saved.value)
    }
    schedule?.loadState(keyframe.schedule)
  }
}

extension Tensor {
  /// Calls `body` with the values' bytes in row-major order.
  fileprivate func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let packed = packed()
    return withExtendedLifetime(packed) {
      let size = dtype.byteCount
      return body(
        UnsafeRawBufferPointer(
          start: packed.storage.pointer + packed.offset * size, count: elementCount * size))
    }
  }

  fileprivate func overwrite(_ bytes: UnsafeRawBufferPointer) {
    let target = UnsafeMutableRawBufferPointer(
      start: storage.pointer + offset * dtype.byteCount, count: bytes.count)
    target.copyMemory(from: bytes)
  }

  fileprivate func hasSameBytes(as other: Tensor) -> Bool {
    shape == other.shape && dtype == other.dtype
      && withBytes { own in other.withBytes { own.elementsEqual($0) } }
  }
}
