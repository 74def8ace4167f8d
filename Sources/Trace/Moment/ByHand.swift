/// What the hand-written network makes of a step: beside the engine's own numbers, worked out only where it is asked for.
package struct ByHand: Sendable, Equatable, Codable {
  /// One number, as both networks have it.
  package struct Cell: Sendable, Equatable, Codable {
    /// What the hand-written network calls it, `dW1[0,17]`.
    package var name: String
    /// The hand-written network's number.
    package var value: Double
    /// The engine's number.
    package var shown: Double

    /// A number of both networks.
    package init(name: String, value: Double, shown: Double) {
      (self.name, self.value, self.shown) = (name, value, shown)
    }

    /// How far they are apart.
    package var difference: Double { value == shown ? 0 : abs(value - shown) }
  }

  /// The loss of a batch of logits, in three ways.
  package struct Loss: Sendable, Equatable, Codable {
    /// Cross-entropy of the logits, in one computation.
    package var ofLogits: Double
    /// Softmax, then the logarithm, then the mean.
    package var bySteps: Double
    /// Cross-entropy of what softmax has made of the logits: what a second softmax does.
    package var twice: Double
    /// The norm of the loss's gradient at the logits.
    package var gradient: Double
    /// The same with the second softmax.
    package var gradientTwice: Double

    /// The loss in three ways.
    package init(ofLogits: Double, bySteps: Double, twice: Double, gradient: Double, gradientTwice: Double) {
      (self.ofLogits, self.bySteps, self.twice) = (ofLogits, bySteps, twice)
      (self.gradient, self.gradientTwice) = (gradient, gradientTwice)
    }
  }

  /// The chosen cell; nil where the hand-written network has no such number.
  package var cell: Cell?
  /// Why there is none, in words for the user; nil where there is one.
  package var obstacle: String?
  /// The loss of this batch in three ways; nil before the logits are there, and for other losses.
  package var loss: Loss?

  /// Nothing yet.
  package init(cell: Cell? = nil, obstacle: String? = nil, loss: Loss? = nil) {
    (self.cell, self.obstacle, self.loss) = (cell, obstacle, loss)
  }
}
