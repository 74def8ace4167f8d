import TerminalUI

/// What a key does.
enum Action: Hashable, Sendable {
  enum Direction: Hashable, Sendable { case up, down, left, right, pageUp, pageDown }

  case playOrPause
  case stepNode, stepPhase, stepIteration
  case stepNodeBack, stepPhaseBack, stepIterationBack
  case toStart, toHead, setMark, toMark
  case slower, faster, fullSpeed
  case nextPane, previousPane
  case pane(Pane)
  case move(Direction)
  case nextView, followRun
  case look(Look)
  case zoom, logarithm, help, back, quit
}
