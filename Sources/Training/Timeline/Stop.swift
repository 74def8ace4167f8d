import Trace

/// A point at which a run stops next.
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

  /// Whether a run at `position` stops there or should have stopped before.
  package func isReached(at position: Position) -> Bool {
    switch self {
    case .never: false
    case .nextNode: true
    case .afterPhase(let start): (position.iteration, position.phase) > (start.iteration, start.phase)
    case .at(let target): position >= target
    case .endOf(let iteration): position.iteration > iteration
    }
  }

  /// Whether a run stops at the last node of an iteration that is done.
  package func isReached(atEndOf iteration: Int) -> Bool {
    if case .endOf(let last) = self { iteration >= last } else { false }
  }

  /// Where a step ahead from `position` leads; nil for any other command.
  package static func ahead(_ command: Command, from position: Position) -> Stop? {
    switch command {
    case .stepNode: return .nextNode
    case .stepPhase: return .afterPhase(of: position)
    case .stepIteration:
      var target = position
      target.iteration += 1
      return .at(target)
    default: return nil
    }
  }

  /// Where a step back from `position` leads; nil for any other command and where there is nothing before.
  ///
  /// `nodeCount` says how many nodes a phase of this iteration has had, up to `position`.
  package static func back(
    _ command: Command, from position: Position, nodeCount: (Phase) -> Int
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

extension Position {
  /// The node index for the end of an iteration whose last node is not known.
  static func end(of iteration: Int) -> Position { Position(iteration: iteration, phase: .update, node: 0) }
}
