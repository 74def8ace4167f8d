import Trace

/// What a run is doing.
enum Errand: Equatable {
  /// It waits for a command.
  case paused
  /// It runs until it is told otherwise.
  case running
  /// It runs to a stop nearby: the next node, phase or iteration.
  case stepping(to: Stop)
  /// It was paused, and finishes its iteration first, where every pane has something to show.
  case finishing(iteration: Int, since: Double)
  /// It runs on to a moment that has not been, from an iteration.
  case advancing(to: Position, from: Int)
  /// It runs until a node has run.
  case runningTo(node: String)
  /// It is on its way to a moment that has been; breakpoints do not stop it.
  case seeking(to: Stop)
  /// It looks for the last moment at which a breakpoint was hit.
  case searchingBack
  /// It looks for the beginning of a NaN, an infinity or a zero.
  case findingCause

  /// Whether nobody has said yet where it is to stop.
  var isFree: Bool { self == .running }

  /// Whether it runs on, as a command to pause finds it.
  var isPlaying: Bool {
    switch self {
    case .running, .advancing, .runningTo: true
    case .paused, .stepping, .finishing, .seeking, .searchingBack, .findingCause: false
    }
  }

  /// Whether it passes breakpoints.
  var ignoresBreakpoints: Bool { if case .seeking = self { true } else { false } }

  /// Whether it stops after a node.
  func stops(at position: Position) -> Bool {
    switch self {
    case .paused: true
    case .stepping(let stop), .seeking(let stop): stop.isReached(at: position)
    case .advancing(let target, _): position >= target
    case .finishing(let iteration, _): position.iteration > iteration
    case .running, .runningTo, .searchingBack, .findingCause: false
    }
  }

  /// Whether it stops at the last node of an iteration.
  func stops(atEndOf iteration: Int) -> Bool {
    switch self {
    case .finishing(let last, _): iteration >= last
    case .seeking(let stop), .stepping(let stop): stop.isReached(atEndOf: iteration)
    case .paused, .running, .advancing, .runningTo, .searchingBack, .findingCause: false
    }
  }
}
