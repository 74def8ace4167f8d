/// Whether a network can learn one batch by heart.
///
/// A sound network can. One that cannot has its fault in the model, the loss or the labels: more data do not help.
/// **Source**: Karpathy, "A Recipe for Training Neural Networks", <https://karpathy.github.io/2019/04/25/recipe/>.
package struct OverfitTest: Sendable, Equatable, Codable {
  /// What the test shows.
  package enum Verdict: String, Sendable, Equatable, Codable {
    /// The loss has come below its goal, or all labels are predicted, with the run's own optimizer.
    case learns
    /// The same, but only with another optimizer.
    case learnsOtherwise
    /// Not yet, but the loss still falls.
    case stillFalls
    /// Not from the weights of the moment, but from those of the run's start.
    case brokenWeights
    /// The loss stays where it is.
    case fails
  }

  /// The losses of one optimizer.
  package struct Attempt: Sendable, Equatable, Codable {
    /// The optimizer with its settings, `SGD lr 0.1`.
    package var optimizer: String
    /// The loss before the first step, and after each.
    package var losses: [Double]
    /// The share of the batch that is predicted as labelled at the end; nil where that means nothing.
    package var accuracy: Double?
    /// The step from whose weights it starts; nil for those of the moment.
    package var start: Int?

    /// The losses of an optimizer.
    package init(optimizer: String, losses: [Double], accuracy: Double? = nil, start: Int? = nil) {
      self.optimizer = optimizer
      self.losses = losses
      self.accuracy = accuracy
      self.start = start
    }

    /// How many steps it has made.
    package var steps: Int { max(0, losses.count - 1) }
  }

  /// The share of the first loss below which a batch counts as learned.
  package static let goalShare = 0.01

  /// How many samples the batch has.
  package var sampleCount: Int
  /// The loss below which the batch counts as learned.
  package var goal: Double
  /// The run's own optimizer first, and others where that did not do; then, where none did, the best attempt from the
  /// weights of the run's start.
  package var attempts: [Attempt]
  /// What the test shows.
  package var verdict: Verdict
  /// The same in sentences.
  package var conclusion: String

  /// A test.
  package init(
    sampleCount: Int, goal: Double, attempts: [Attempt], verdict: Verdict, conclusion: String = ""
  ) {
    self.sampleCount = sampleCount
    self.goal = goal
    self.attempts = attempts
    self.verdict = verdict
    self.conclusion = conclusion
  }
}
