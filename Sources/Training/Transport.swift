import Trace

/// How far the training may run: the state of the deck's keys, as a pure value.
package struct Transport: Equatable {
  /// When to stop next.
  package enum Stop: Equatable {
    case never
    case nextNode
    case afterPhase(of: Position)
    case at(Position)
  }

  package private(set) var stop: Stop

  /// A deck that plays, or stands before the first node.
  package init(isPaused: Bool) { stop = isPaused ? .nextNode : .never }

  /// Whether training runs until it is told otherwise.
  package var isPlaying: Bool { stop == .never }

  /// Whether to stop at `position`, the node that has just run.
  package func stops(at position: Position) -> Bool {
    switch stop {
    case .never: false
    case .nextNode: true
    case .afterPhase(let start):
      (position.iteration, position.phase) > (start.iteration, start.phase)
    case .at(let target): position >= target
    }
  }

  /// Takes a command given while the run stands at, or passes, `position`.
  package mutating func apply(_ command: Command, at position: Position) {
    switch command {
    case .run: stop = .never
    case .pause, .stepNode: stop = .nextNode
    case .stepPhase: stop = .afterPhase(of: position)
    case .stepIteration:
      var target = position
      target.iteration += 1
      stop = .at(target)
    case .focus, .pace, .quit: break
    }
  }

  /// Whether a command lets a run that stands go on.
  package static func releases(_ command: Command) -> Bool {
    switch command {
    case .run, .stepNode, .stepPhase, .stepIteration: true
    case .pause, .focus, .pace, .quit: false
    }
  }
}
