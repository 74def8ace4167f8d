/// A point at which the training loop can begin: a step, and the loop's own state at its start.
package struct StepStart: Sendable, Equatable {
  /// The step, from 1.
  package var step: Int
  /// The sum of the losses of the epoch's steps before this one.
  package var epochLoss: Double

  /// The start of a step.
  package init(step: Int, epochLoss: Double) {
    self.step = step
    self.epochLoss = epochLoss
  }

  /// The start of the run.
  package static let first = StepStart(step: 1, epochLoss: 0)
}
