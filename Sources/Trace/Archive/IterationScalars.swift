/// The numbers of one iteration that a recording keeps.
public struct IterationScalars: Sendable, Equatable, Codable {
  /// The iteration, from 1.
  public var iteration: Int
  /// The mean loss of the batch.
  public var loss: Float
  /// The share of the batch that is predicted as labelled; nil where targets are not classes.
  public var accuracy: Float?
  /// The optimizer's learning rate.
  public var learningRate: Float
  /// The norm of each parameter's gradient, in the model's order; NaN where there is none.
  public var gradientNorms: [Float]
  /// **Units**: seconds since the run began, without pauses.
  public var seconds: Double

  /// An iteration's numbers.
  public init(
    iteration: Int, loss: Float, accuracy: Float?, learningRate: Float, gradientNorms: [Float],
    seconds: Double
  ) {
    self.iteration = iteration
    self.loss = loss
    self.accuracy = accuracy
    self.learningRate = learningRate
    self.gradientNorms = gradientNorms
    self.seconds = seconds
  }
}
