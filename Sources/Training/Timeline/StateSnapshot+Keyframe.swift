import Arrays
import Autograd
import Datasets
import Localization
import NN
import Trace

extension StateSnapshot {
  /// A keyframe of an experiment's run as bytes, with the batch of its step.
  init(_ keyframe: Keyframe, _ layout: StateLayout, batch: Batch?) {
    self.init(
      step: keyframe.step, epochLoss: keyframe.start.epochLoss, hash: keyframe.hash,
      parameters: zip(layout.parameters, keyframe.parameters).map { NamedArray($0.name, $1) },
      buffers: zip(layout.buffers, keyframe.buffers).map { NamedArray($0.name, $1) },
      optimizer: keyframe.memory.map { NamedArray($0.name, $0.tensor) },
      gradients: zip(layout.parameters, keyframe.gradients).compactMap { parameter, gradient in
        gradient.map { NamedArray(parameter.name, $0) }
      },
      settings: Dictionary(
        keyframe.settings.map { ($0.name, $0.value) } + StateLayout.settings(ofSchedule: keyframe.schedule),
        uniquingKeysWith: { $1 }),
      zeroGrad: keyframe.zeroGrad,
      batch: batch.map { batch in
        BatchArrays(
          indices: batch.indices, inputs: NamedArray("inputs", batch.inputs),
          targets: NamedArray("targets", batch.targets))
      })
  }
}

extension StateSnapshot.BatchArrays {
  /// The batch as training takes it.
  ///
  /// - Throws: ``ArchiveError`` if its arrays do not fit each other.
  func batch() throws(ArchiveError) -> Batch {
    let (inputs, targets) = (try inputs.tensor(), try targets.tensor())
    for tensor in [inputs, targets] where tensor.rank == 0 || tensor.shape[0] != indices.count {
      throw .array(
        name: "batch", expected: localized("\(indices.count) rows, one a sample"),
        got: localized("shape \(Array(tensor.shape))"))
    }
    return Batch(inputs: inputs, targets: targets, indices: indices)
  }
}

/// The names and shapes of all that training changes in an experiment, which a keyframe has to match.
struct StateLayout {
  let parameters: [Module.NamedParameter]
  let buffers: [Module.NamedParameter]
  private let settings: [Hyperparameter]

  /// The layout of an experiment.
  init(_ experiment: Experiment) {
    parameters = ModelNames(experiment).orderedParameters
    buffers = experiment.model.namedBuffers()
    settings = experiment.optimizer.hyperparameters
  }

  /// A keyframe from a recording, checked against the experiment.
  ///
  /// - Throws: ``ArchiveError`` for the first thing that does not fit.
  func keyframe(_ snapshot: StateSnapshot) throws(ArchiveError) -> Keyframe {
    var gradients = [Tensor?](repeating: nil, count: parameters.count)
    for array in snapshot.gradients {
      guard let place = parameters.firstIndex(where: { $0.name == array.name }) else {
        throw .names(
          of: localized("gradients"), expected: parameters.map(\.name), got: snapshot.gradients.map(\.name))
      }
      gradients[place] = try tensor(array, like: parameters[place].tensor)
    }
    var memory: [Optimizer.NamedParameter] = []
    for array in snapshot.optimizer { memory.append((array.name, try array.tensor())) }
    return Keyframe(
      start: StepStart(step: snapshot.step, epochLoss: snapshot.epochLoss),
      // Another program may not have taken the hash.
      hash: snapshot.hash == 0 ? snapshot.hashOfValues : snapshot.hash,
      parameters: try tensors(snapshot.parameters, like: parameters, localized("parameters")),
      buffers: try tensors(snapshot.buffers, like: buffers, localized("buffers")), gradients: gradients,
      memory: memory,
      settings: settings.map { Hyperparameter(name: $0.name, value: snapshot.settings[$0.name] ?? $0.value) },
      schedule: StateLayout.schedule(in: snapshot.settings), zeroGrad: snapshot.zeroGrad)
  }

  /// What begins the names of a schedule's numbers among the settings.
  private static let schedulePrefix = "schedule."

  /// What a schedule remembers, as settings; what is not finite is what a schedule begins with, and has no form in JSON.
  static func settings(ofSchedule state: [String: Double]) -> [(String, Double)] {
    state.filter { $0.value.isFinite }.map { (schedulePrefix + $0.key, $0.value) }
  }

  /// What a schedule remembers, from settings.
  private static func schedule(in settings: [String: Double]) -> [String: Double] {
    let own = settings.filter { $0.key.hasPrefix(schedulePrefix) }
    return Dictionary(
      own.map { (String($0.key.dropFirst(schedulePrefix.count)), $0.value) }, uniquingKeysWith: { $1 })
  }

  private func tensors(
    _ arrays: [NamedArray], like own: [Module.NamedParameter], _ kind: String
  ) throws(ArchiveError) -> [Tensor] {
    guard arrays.map(\.name) == own.map(\.name) else {
      throw .names(of: kind, expected: own.map(\.name), got: arrays.map(\.name))
    }
    var result: [Tensor] = []
    for (array, (_, tensor)) in zip(arrays, own) { result.append(try self.tensor(array, like: tensor)) }
    return result
  }

  private func tensor(_ array: NamedArray, like own: Tensor) throws(ArchiveError) -> Tensor {
    guard array.shape == Array(own.shape), array.array.elementType == own.dtype.elementType else {
      throw .array(
        name: array.name, expected: localized("shape \(Array(own.shape)) in \(own.dtype.rawValue)"),
        got: localized("shape \(array.shape) in \(array.array.elementType.rawValue)"))
    }
    return try array.tensor()
  }
}
