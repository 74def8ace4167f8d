/// A parameter's gradient at one cell beside a finite difference: (L(w + h) − L(w − h)) ÷ 2h, in double precision.
public struct GradientCheck: Sendable, Equatable, Codable {
  public var parameter: String
  /// The cell's index in each dimension.
  public var index: [Int]
  /// What backward computed.
  public var gradient: Double
  /// The finite difference.
  public var difference: Double
  /// The step h.
  public var step: Double

  /// A comparison.
  public init(parameter: String, index: [Int], gradient: Double, difference: Double, step: Double) {
    self.parameter = parameter
    self.index = index
    self.gradient = gradient
    self.difference = difference
    self.step = step
  }

  /// |gradient − difference| ÷ max(|gradient|, |difference|); 0 where both are 0.
  public var relativeError: Double {
    let scale = max(abs(gradient), abs(difference))
    return scale == 0 ? 0 : abs(gradient - difference) / scale
  }
}
