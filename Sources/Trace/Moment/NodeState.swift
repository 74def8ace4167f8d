/// How far a node has come at one moment, and the magnitude of its numbers.
package struct NodeState: Sendable, Equatable, Codable {
  /// How far a node has come in the step.
  package enum Progress: Sendable, Equatable, Codable {
    /// Not reached.
    case waiting
    /// Its value is computed.
    case forward
    /// Its gradient is computed.
    case backward
    /// A parameter that the optimizer has changed.
    case updated
    /// It was about to run when an error ended the step.
    case failed
  }

  /// How far the node has come.
  package var progress: Progress
  /// The Euclidean norm of the value; nil before it is computed.
  package var valueNorm: Float?
  /// The Euclidean norm of the gradient; nil before it is computed.
  package var gradientNorm: Float?
  /// How the value is spread; nil before it is computed, and where the screen does not show it.
  package var sketch: ValueSketch?

  /// A node's state.
  package init(progress: Progress = .waiting, valueNorm: Float? = nil, gradientNorm: Float? = nil) {
    self.progress = progress
    self.valueNorm = valueNorm
    self.gradientNorm = gradientNorm
  }

  /// Whether the value or the gradient holds NaN or infinity.
  package var isBroken: Bool {
    [valueNorm, gradientNorm].contains { norm in norm.map { !$0.isFinite } ?? false }
  }
}
