import TerminalUI
import Trace

/// What a key or a command does.
enum Action: Equatable, Sendable {
  enum Direction: Hashable, Sendable { case up, down, left, right, pageUp, pageDown }

  case playOrPause, play, pause
  case stepNode, stepPhase, stepIteration
  case stepNodeBack, stepPhaseBack, stepIterationBack
  case toStart, toHead, setMark, toMark
  /// To the first moment of a phase of an iteration.
  case goTo(iteration: Int, Phase)
  /// On until a node has run; the chosen one where none is named.
  case runTo(node: String?)
  case slower, faster
  /// At most so many iterations a second; nil for as many as can be.
  case pace(Double?)

  /// A breakpoint on the chosen node, or none where there is one.
  case toggleBreakpoint
  case addBreakpoint(Breakpoint)
  /// What is done with the breakpoint of a number; with the chosen one where none is named.
  case breakpoint(Edit, number: Int?)
  enum Edit: Hashable, Sendable { case enable, disable, toggle, delete, searchBack }

  /// How the node, or the chosen cell of it, became NaN, infinite or zero.
  case findCause(node: String?, cell: Int?)
  case checkGradient(parameter: String, cell: Int)
  /// The same at the cell that is chosen in the node pane.
  case checkGradientHere
  case change(Change)
  case note(String)
  case record(path: String)

  case nextPane, previousPane
  case pane(Pane)
  case move(Direction)
  case nextView, followRun
  case look(Look)
  case view(TensorView)
  case choose(node: String)
  case goToEvent
  case zoom, logarithm, help, back, quit

  /// The command line, with some words typed already.
  case openConsole(String)
  /// The command line, ready for a condition at the chosen node.
  case openBreakpoint
  /// The command line, ready for the name of a recording.
  case openRecord
}
