/// What the user asks of a run. Commands are all that flows from the screen to the training.
public enum Command: Sendable, Equatable {
  /// Run on until told otherwise.
  case run
  /// Stop inside the node that runs next.
  case pause
  /// Run exactly one node.
  case stepNode
  /// Run to the first node of the next phase.
  case stepPhase
  /// Run to the same node of the next iteration.
  case stepIteration
  /// Show this tensor in the moments to come.
  case focus(Focus)
  /// Run at most this many iterations a second; nil for as many as can be.
  case pace(Double?)
  /// End the run.
  case quit
}
