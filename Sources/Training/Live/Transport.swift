import Trace

/// How far the training may run: the state of the deck's keys, as a pure value.
package struct Transport: Equatable {
  /// When to stop next.
  package enum Stop: Equatable {
    case never
    case nextNode
    case afterPhase(of: Position)
    case at(Position)
    case endOf(iteration: Int)

    /// The iteration in which it lies, where that is known.
    package var iteration: Int? {
      switch self {
      case .never, .nextNode, .afterPhase: nil
      case .at(let position): position.iteration
      case .endOf(let iteration): iteration
      }
    }

    /// Whether a run that has come to `position` stops there or should have stopped before.
    package func isReached(at position: Position) -> Bool {
      switch self {
      case .never: false
      case .nextNode: true
      case .afterPhase(let start):
        (position.iteration, position.phase) > (start.iteration, start.phase)
      case .at(let target): position >= target
      case .endOf(let iteration): position.iteration > iteration
      }
    }
  }

  package private(set) var stop: Stop

  /// A deck that plays, or stands before the first node.
  package init(isPaused: Bool) { stop = isPaused ? .nextNode : .never }

  /// Whether training runs until it is told otherwise.
  package var isPlaying: Bool { stop == .never }

  /// Whether to stop at `position`, the node that has just run.
  package func stops(at position: Position) -> Bool { stop.isReached(at: position) }

  /// Whether to stop now that an iteration is done, at its last node.
  package func stops(atEndOf iteration: Int) -> Bool {
    if case .endOf(let last) = stop { iteration >= last } else { false }
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
    default: break
    }
  }

  /// Stops inside the node that runs next.
  package mutating func halt() { stop = .nextNode }

  /// Runs as far as `stop`.
  package mutating func go(to stop: Stop) { self.stop = stop }

  /// Where a step back leads; nil where there is nothing before.
  ///
  /// `nodeCount` says how many nodes a phase of this iteration has had, up to where the run stands.
  package static func stop(
    for command: Command, from position: Position, nodeCount: (Phase) -> Int
  ) -> Stop? {
    var target = position
    let phaseBefore = Phase.allCases.last { $0 < position.phase && nodeCount($0) > 0 }
    switch command {
    case .stepNodeBack where position.node > 0: target.node -= 1
    case .stepNodeBack, .stepPhaseBack:
      if let phaseBefore {
        let last = command == .stepNodeBack ? nodeCount(phaseBefore) - 1 : 0
        return .at(Position(iteration: position.iteration, phase: phaseBefore, node: last))
      }
      guard position.iteration > 1 else { return nil }
      if command == .stepNodeBack { return .endOf(iteration: position.iteration - 1) }
      target = Position(iteration: position.iteration - 1, phase: .update, node: 0)
    case .stepIterationBack:
      if position.iteration > 1 { target.iteration -= 1 } else { target = .start }
    default: return nil
    }
    return target == position ? nil : .at(target)
  }
}
