/// A parameter's gradient at one cell, compared with a finite difference: (L(w + h) − L(w − h)) ÷ 2h, in double precision.
package struct GradientCheck: Sendable, Equatable, Codable {
  /// The parameter's name.
  package var parameter: String
  /// The cell's index in each dimension.
  package var index: [Int]
  /// What backward computed.
  package var gradient: Double
  /// The finite difference.
  package var difference: Double
  /// The step h.
  package var step: Double

  /// A comparison.
  package init(parameter: String, index: [Int], gradient: Double, difference: Double, step: Double) {
    self.parameter = parameter
    self.index = index
    self.gradient = gradient
    self.difference = difference
    self.step = step
  }

  /// |gradient − difference| ÷ max(|gradient|, |difference|); 0 where both are 0.
  package var relativeError: Double {
    let scale = max(abs(gradient), abs(difference))
    return scale == 0 ? 0 : abs(gradient - difference) / scale
  }
}
