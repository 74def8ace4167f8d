import Arrays

/// Everything needed to recompute a step: the state at its start, and its batch.
package struct StateSnapshot: Sendable, Equatable, Codable {
  /// The step at whose start it was taken, from 1.
  package var step: Int
  /// The sum of the losses of the epoch's steps before this one.
  package var epochLoss: Double
  /// The hash of the parameters and buffers.
  package var hash: UInt64
  /// The parameters in the model's order.
  package var parameters: [NamedArray]
  /// The buffers in the model's order.
  package var buffers: [NamedArray]
  /// The optimizer's state.
  package var optimizer: [NamedArray]
  /// The gradients that are kept from step to step.
  package var gradients: [NamedArray]
  /// The optimizer's settings under PyTorch's names.
  package var settings: [String: Double]
  /// Whether gradients are cleared before each step.
  package var zeroGrad: Bool
  /// The step's batch: the samples' indices in the data, `inputs` and `targets`; nil where not taken.
  package var batch: BatchArrays?

  /// A batch outside the engine.
  package struct BatchArrays: Sendable, Equatable, Codable {
    /// The samples' indices in the data.
    package var indices: [Int]
    /// What goes into the model.
    package var inputs: NamedArray
    /// What should come out.
    package var targets: NamedArray

    /// A batch.
    package init(indices: [Int], inputs: NamedArray, targets: NamedArray) {
      self.indices = indices
      self.inputs = inputs
      self.targets = targets
    }
  }

  /// The state at the start of a step.
  package init(
    step: Int, epochLoss: Double, hash: UInt64, parameters: [NamedArray], buffers: [NamedArray] = [],
    optimizer: [NamedArray] = [], gradients: [NamedArray] = [], settings: [String: Double] = [:],
    zeroGrad: Bool = true, batch: BatchArrays? = nil
  ) {
    self.step = step
    self.epochLoss = epochLoss
    self.hash = hash
    self.parameters = parameters
    self.buffers = buffers
    self.optimizer = optimizer
    self.gradients = gradients
    self.settings = settings
    self.zeroGrad = zeroGrad
    self.batch = batch
  }
}
