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
  case runningTo(node: String)
  /// It is going to a moment of the past; breakpoints do not stop it.
  case seeking(to: Stop)
  /// It looks for the last moment at which a breakpoint was hit.
  case searchingBack
  /// It looks for the beginning of a NaN, an infinity or a zero.
  case findingCause

  /// Whether it has no point at which to stop.
  var isFree: Bool { self == .running }

  /// Whether it is running, so that a pause command stops it.
  var isPlaying: Bool {
    switch self {
    case .running, .advancing, .runningTo: true
    case .paused, .stepping, .finishing, .seeking, .searchingBack, .findingCause: false
    }
  }

  /// Whether it ignores breakpoints.
  var ignoresBreakpoints: Bool { if case .seeking = self { true } else { false } }

  /// Whether it stops after a node.
  func stops(at position: Position) -> Bool {
    switch self {
    case .paused: true
    case .stepping(let stop), .seeking(let stop): stop.isReached(at: position)
    case .advancing(let target, _): position >= target
    case .finishing(let step, _): position.step > step
    case .running, .runningTo, .searchingBack, .findingCause: false
    }
  }

  /// Whether it stops at the last node of a step.
  func stops(atEndOf step: Int) -> Bool {
    switch self {
    case .finishing(let last, _): step >= last
    case .seeking(let stop), .stepping(let stop): stop.isReached(atEndOf: step)
    case .paused, .running, .advancing, .runningTo, .searchingBack, .findingCause: false
    }
  }
}
