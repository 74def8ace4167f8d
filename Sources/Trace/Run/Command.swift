/// What the user asks of a run. Commands are all that flows from the screen to the training.
public enum Command: Sendable, Equatable, Codable {
  /// Run on until told otherwise; from the past, return to the head first.
  case run
  /// Stop when the iteration is done, or inside the node that runs next where that takes long or lies in the past.
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
  /// Look at a moment; one that has not been is run on to.
  case goTo(Position)
  /// Look at the head again.
  case seekHead
  /// Show this tensor in the moments to come.
  case focus(Focus)
  /// Stop where these say from now on, and nowhere else.
  case breakpoints([Breakpoint])
  /// Go on until this node has run, in whatever phase that is next.
  case runTo(node: String)
  /// Go back to the last moment at which this breakpoint was hit, or would have been.
  case searchBack(Breakpoint)
  /// Change something. Behind the head that begins another future, and `future` says what becomes of the old one.
  case change(Change, future: Future)
  /// Find out how a node's tensor, or one cell of it by its place in row-major order, became NaN, infinite or zero.
  case findCause(node: String, view: TensorView, cell: Int?)
  /// Compare a parameter's gradient at a cell with a finite difference.
  case checkGradient(parameter: String, cell: Int)
  /// Keep the user's words with this moment.
  case note(String)
  /// Keep this moment as one the user marked.
  case mark
  /// Record from here on into a file.
  case record(path: String)
  /// Run at most this many iterations a second; nil for as many as can be.
  case pace(Double?)
  /// End the run.
  case quit

  /// Look at the start of an iteration.
  public static func seek(iteration: Int) -> Command {
    .seek(Position(iteration: iteration, phase: .batch, node: 0))
  }
}
