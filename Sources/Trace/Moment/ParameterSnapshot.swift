/// A parameter's magnitudes at one moment.
package struct ParameterSnapshot: Sendable, Equatable, Codable {
  /// The parameter's name.
  package var name: String
  /// The norm of the weights.
  package var weightNorm: Float
  /// The norm of the gradient; nil before backward has reached the parameter.
  package var gradientNorm: Float?
  /// The norm of the last update divided by that of the weight; nil before the update, and where the weight is 0.
  package var updateRatio: Float?
  /// The norm of the last update; nil before the update.
  package var updateNorm: Float?
  /// What keeps it from being trained, in a few words: `not in SGD`; nil where nothing does.
  package var obstacle: String?

  /// A parameter's magnitudes.
  package init(
    name: String, weightNorm: Float, gradientNorm: Float?, updateRatio: Float?, updateNorm: Float? = nil
  ) {
    self.name = name
    self.weightNorm = weightNorm
    self.gradientNorm = gradientNorm
    self.updateRatio = updateRatio
    self.updateNorm = updateNorm
  }
}
