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
  /// Show this node's tensor in the moments to come.
  case focus(node: String, view: TensorView)
  /// End the run.
  case quit
}
