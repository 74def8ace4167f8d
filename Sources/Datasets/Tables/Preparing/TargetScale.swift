/// The number that a regression is to come close to: what it is called, and how it was scaled for training.
package struct TargetScale: Sendable, Equatable {
  /// The name of its column.
  package let name: String
  /// What was taken from it.
  package let mean: Double
  /// What it was then divided by.
  package let deviation: Double
  /// The variance of the scaled targets that are trained on.
  package let trainVariance: Double
  /// The variance of those that validate.
  package let validationVariance: Double

  /// Measures targets.
  init(name: String, train: [Float], validation: [Float], standardizes: Bool) {
    self.name = name
    let (mean, variance) = TargetScale.moments(train)
    let deviation = variance > 0 ? variance.squareRoot() : 1
    (self.mean, self.deviation) = standardizes ? (mean, deviation) : (0, 1)
    trainVariance = variance / (self.deviation * self.deviation)
    validationVariance = TargetScale.moments(validation).variance / (self.deviation * self.deviation)
  }

  /// A target as it is trained on.
  func scaled(_ value: Float) -> Float { Float((Double(value) - mean) / deviation) }

  private static func moments(_ values: [Float]) -> (mean: Double, variance: Double) {
    guard !values.isEmpty else { return (0, 0) }
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return (mean, squares / Double(values.count))
  }
}
