/// What the user asks of a run. Commands are all that flows from the screen to the training.
public enum Command: Sendable, Equatable {
  /// Run on until told otherwise; from the past, return to the head first.
  case run
  /// Stop inside the node that runs next.
  case pause
  /// Go on by one node: at the head by running it, behind the head through the past.
  case stepNode
  /// Go on to the first node of the next phase, at most to the head where that is not reached yet.
  case stepPhase
  /// Go on to the same node of the next iteration, at most to the head where that is not reached yet.
  case stepIteration
  /// Go back to the node that ran before.
  case stepNodeBack
  /// Go back to the first node of the phase before.
  case stepPhaseBack
  /// Go back to the same node of the iteration before, from the first iteration to its start.
  case stepIterationBack
  /// Look at a moment that has been; one that has not is taken for the head.
  case seek(Position)
  /// Look at the head again.
  case seekHead
  /// Show this tensor in the moments to come.
  case focus(Focus)
  /// Run at most this many iterations a second; nil for as many as can be.
  case pace(Double?)
  /// End the run.
  case quit

  /// Look at the start of an iteration.
  public static func seek(iteration: Int) -> Command {
    .seek(Position(iteration: iteration, phase: .batch, node: 0))
  }
}
