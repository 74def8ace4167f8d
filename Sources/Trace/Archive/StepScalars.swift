/// The numbers of one step that a recording keeps.
package struct StepScalars: Sendable, Equatable, Codable {
  /// The step, from 1.
  package var step: Int
  /// The mean loss of the batch.
  package var loss: Float
  /// The share of the batch that is predicted as labelled; nil where targets are not classes.
  package var accuracy: Float?
  /// The optimizer's learning rate.
  package var learningRate: Float
  /// The norm of each parameter's gradient, in the model's order; NaN where there is none.
  package var gradientNorms: [Float]
  /// **Units**: seconds since the run began, without pauses.
  package var seconds: Double

  /// A step's numbers.
  package init(
    step: Int, loss: Float, accuracy: Float?, learningRate: Float, gradientNorms: [Float],
    seconds: Double
  ) {
    self.step = step
    self.loss = loss
    self.accuracy = accuracy
    self.learningRate = learningRate
    self.gradientNorms = gradientNorms
    self.seconds = seconds
  }

  private enum CodingKeys: String, CodingKey {
    case loss, accuracy, learningRate, gradientNorms, seconds
    case step = "iteration"
  }
}
