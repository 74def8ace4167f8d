/// What the user asks of a run. Commands are all that goes from the screen to the training.
package enum Command: Sendable, Equatable, Codable {
  /// Run until paused; from the past, return to the head first.
  case run
  /// Stop when the step is done, or inside the node that runs next where that takes long or lies in the past.
  case pause
  /// Go forward by one node: at the head by running it, behind the head through the past.
  case nextNode
  /// Go forward to the first node of the next phase; behind the head, at most to the head.
  case nextPhase
  /// Go forward to the same node of the next step; behind the head, at most to the head.
  case nextStep
  /// Go back to the node that ran before.
  case previousNode
  /// Go back to the first node of the phase before.
  case previousPhase
  /// Go back to the same node of the step before, from the first step to its start.
  case previousStep
  /// Show a moment of the past; one that has not been reached yet means the head.
  case seek(Position)
  /// Show a moment; if it has not been reached yet, run to it.
  case goTo(Position)
  /// Show the head again.
  case seekHead
  /// Show this tensor in the moments to come.
  case focus(Focus)
  /// Work this out in the moments to come: the panes show it.
  case show(ScreenNeeds)
  /// Stop at these breakpoints from now on, and at no others.
  case breakpoints([Breakpoint])
  /// Run until this node has run, in whichever phase that happens next.
  case runTo(node: String)
  /// Go back to the last moment at which this breakpoint was hit, or would have been.
  case searchBack(Breakpoint)
  /// Change something. Behind the head this begins a new future, and `future` says what becomes of the old one.
  case change(Change, future: Future)
  /// Find out how a node's tensor, or one cell of it by its place in row-major order, became NaN, infinite or zero.
  case findCause(node: String, view: TensorView, cell: Int?)
  /// Compare a parameter's gradient at a cell with a finite difference.
  case checkGradient(parameter: String, cell: Int)
  /// Test a copy of the model on the batch of this moment.
  case test(ModelTest)
  /// Attach a note to this moment.
  case note(String)
  /// Mark a moment: the one that the user saw.
  case mark(Position)
  /// Show another of the processes that train together, by its rank.
  case rank(Int)
  /// Record from here on to a file.
  case record(path: String)
  /// Measure these series from now on, and no others.
  case plot([PlotSeries])
  /// Run at most this many steps a second; nil for full speed.
  case pace(Double?)
  /// Train this many more epochs; a run that has come to its end continues.
  case extend(epochs: Int)
  /// End the run.
  case quit

  /// Shows the start of a step.
  package static func seek(step: Int) -> Command {
    .seek(Position(step: step, phase: .batch, node: 0))
  }
}
