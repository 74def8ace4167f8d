import Trace

/// A point at which a run stops next.
package enum Stop: Equatable {
  case never
  case nextNode
  case afterPhase(of: Position)
  case at(Position)
  case endOf(step: Int)

  /// The step in which it lies, where that is known.
  package var step: Int? {
    switch self {
    case .never, .nextNode, .afterPhase: nil
    case .at(let position): position.step
    case .endOf(let step): step
    }
  }

  /// Whether a run at `position` stops there or should have stopped before.
  package func isReached(at position: Position) -> Bool {
    switch self {
    case .never: false
    case .nextNode: true
    case .afterPhase(let start): (position.step, position.phase) > (start.step, start.phase)
    case .at(let target): position >= target
    case .endOf(let step): position.step > step
    }
  }

  /// Whether a run stops at the last node of a step that is done.
  package func isReached(atEndOf step: Int) -> Bool {
    if case .endOf(let last) = self { step >= last } else { false }
  }

  /// Where a step ahead from `position` leads; nil for any other command.
  package static func ahead(_ command: Command, from position: Position) -> Stop? {
    switch command {
    case .nextNode: return .nextNode
    case .nextPhase: return .afterPhase(of: position)
    case .nextStep:
      var target = position
      target.step += 1
      return .at(target)
    default: return nil
    }
  }

  /// Where a step back from `position` leads; nil for any other command and where there is nothing before.
  ///
  /// `nodeCount` says how many nodes a phase of this step has had, up to `position`.
  package static func back(
    _ command: Command, from position: Position, nodeCount: (Phase) -> Int
  ) -> Stop? {
    var target = position
    let phaseBefore = Phase.allCases.last { $0 < position.phase && nodeCount($0) > 0 }
    switch command {
    case .previousNode where position.node > 0: target.node -= 1
    case .previousNode, .previousPhase:
      if let phaseBefore {
        let last = command == .previousNode ? nodeCount(phaseBefore) - 1 : 0
        return .at(Position(step: position.step, phase: phaseBefore, node: last))
      }
      guard position.step > 1 else { return nil }
      if command == .previousNode { return .endOf(step: position.step - 1) }
      target = Position(step: position.step - 1, phase: .update, node: 0)
    case .previousStep:
      if position.step > 1 { target.step -= 1 } else { target = .start }
    default: return nil
    }
    return target == position ? nil : .at(target)
  }
}
