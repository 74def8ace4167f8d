/// A parameter's magnitudes at one moment.
public struct ParameterSnapshot: Sendable, Equatable, Codable {
  public var name: String
  public var weightNorm: Float
  /// The norm of the gradient; nil before backward has reached the parameter.
  public var gradientNorm: Float?
  /// The norm of the last update divided by that of the weight; nil before the update.
  public var updateRatio: Float?

  /// A parameter's magnitudes.
  public init(name: String, weightNorm: Float, gradientNorm: Float?, updateRatio: Float?) {
    self.name = name
    self.weightNorm = weightNorm
    self.gradientNorm = gradientNorm
    self.updateRatio = updateRatio
  }
}
