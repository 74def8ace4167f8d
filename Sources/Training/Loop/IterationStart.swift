/// A point at which the training loop can begin: an iteration, and the loop's own state at its start.
package struct IterationStart: Sendable, Equatable {
  /// The iteration, from 1.
  package var iteration: Int
  /// The sum of the losses of the epoch's iterations before this one.
  package var epochLoss: Double

  /// The start of an iteration.
  package init(iteration: Int, epochLoss: Double) {
    self.iteration = iteration
    self.epochLoss = epochLoss
  }

  /// The start of the run.
  package static let first = IterationStart(iteration: 1, epochLoss: 0)
}
