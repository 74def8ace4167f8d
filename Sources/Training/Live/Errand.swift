import Trace

/// What a run is doing.
enum Errand: Equatable {
  /// It waits for a command.
  case paused
  /// It runs until a command stops it.
  case running
  /// It runs to the next node, phase or step.
  case stepping(to: Stop)
  /// It was told to pause, and finishes its step first, so that every pane has something to show.
  case finishing(step: Int, since: Double)
  /// It runs on from a step to a moment that has not been reached yet.
  case advancing(to: Position, from: Int)
  /// It runs until a node has run.
  case runningToNode
  /// It is going to a moment of the past, where a new future may begin with a change; breakpoints do not stop it.
  case seeking(to: Stop, change: Change? = nil)
  /// It looks in the past for the last hit of a breakpoint, or for the beginning of a NaN, an infinity or a zero.
  case searching

  /// Whether it has no point at which to stop.
  var isFree: Bool { self == .running }

  /// Whether it is running, so that a pause command stops it.
  var isPlaying: Bool {
    switch self {
    case .running, .advancing, .runningToNode: true
    case .paused, .stepping, .finishing, .seeking, .searching: false
    }
  }

  /// Whether it ignores breakpoints.
  var ignoresBreakpoints: Bool { if case .seeking = self { true } else { false } }

  /// The change to make where it stops; nil for none.
  var change: Change? { if case .seeking(_, let change) = self { change } else { nil } }

  /// Whether a pause has waited long enough for the end of the step.
  func isOverdue(at now: () -> Double) -> Bool {
    if case .finishing(_, let since) = self { now() - since > Pacer.slowStep } else { false }
  }

  /// Whether it stops after a node.
  func stops(at position: Position) -> Bool {
    switch self {
    case .paused: true
    case .stepping(let stop), .seeking(let stop, _): stop.isReached(at: position)
    case .advancing(let target, _): position >= target
    case .finishing(let step, _): position.step > step
    case .running, .runningToNode, .searching: false
    }
  }

  /// Whether it stops at the last node of a step.
  func stops(atEndOf step: Int) -> Bool {
    switch self {
    case .finishing(let last, _): step >= last
    case .seeking(let stop, _), .stepping(let stop): stop.isReached(atEndOf: step)
    case .paused, .running, .advancing, .runningToNode, .searching: false
    }
  }
}
