/// What a user may change in a paused run.
package enum Change: Sendable, Equatable, Codable {
  /// A setting of the optimizer by PyTorch's name, `lr`.
  case hyperparameter(name: String, value: Double)
  /// One cell of a parameter, by its index in each dimension.
  case cell(parameter: String, index: [Int], value: Double)
  /// Whether gradients are reset before each step; otherwise they add up.
  case zeroGrad(Bool)
}

/// What becomes of the steps after a moment of the past that is changed.
package enum Future: String, Sendable, Equatable, Codable {
  /// They are dropped.
  case dropped
  /// Their loss stays on the screen as a ghost curve.
  case ghost
}
