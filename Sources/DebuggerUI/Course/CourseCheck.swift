import Trace

/// Decides from what was seen before and after whether a step of the course is done.
package enum CourseCheck {
  /// What an event made of a step.
  package enum Verdict: Sendable, Equatable {
    /// Nothing that matters, or on the right way.
    case onTheWay
    /// The next part of the task begins.
    case part(Int)
    /// It is done.
    case done
    /// Something else was done.
    case wrong
  }

  /// The verdict on what has happened between two facts, in a part of a step of that name.
  ///
  /// - Parameters:
  ///   - step: the step's name, `backward`.
  ///   - part: which part of its task is being done, from 0.
  ///   - start: the facts when the part began, or when something else was done last.
  ///   - now: the facts now.
  /// - Returns: what it made of the step.
  package static func verdict(
    on step: String, part: Int, from start: CourseFacts, to now: CourseFacts
  ) -> Verdict {
    let hasMoved = now.position != start.position
    guard let position = now.position else { return .onTheWay }
    switch step {
    case "meet": return meet(start, now, position)
    case "linear": return part == 0 ? linear(now, position, hasMoved) : anotherCell(start, now, hasMoved)
    case "relu":
      guard hasMoved else { return started(start, now) }
      return reach(position, .forward, now.isAtActivation)
    case "loss":
      guard hasMoved else { return started(start, now) }
      return reach(position, .loss, true)
    case "backward":
      let isAtWeight =
        now.shown == now.firstWeight && now.view == .gradient && now.shown != start.shown
        && position.phase == .backward
      if isAtWeight { return .done }
      guard hasMoved else { return started(start, now) }
      return reach(position, .backward, now.current?.name == now.firstLinear)
    case "update":
      guard hasMoved else { return started(start, now) }
      if position.step != start.position?.step { return .wrong }
      return reach(position, .update, now.current?.kind == .parameter)
    case "zerograd": return zeroGrad(part, start, now, position, hasMoved)
    case "tables":
      if now.tried != nil, now.pane == .guide { return .done }
      return hasMoved || now.pane != start.pane && now.pane != .guide || now.isRunning ? .wrong : .onTheWay
    case "optimizer":
      if part == 0 {
        if now.learningRate != start.learningRate { return .part(1) }
        return hasMoved || now.isRunning ? .wrong : .onTheWay
      }
      return position.step > start.position?.step ?? 0 ? .done : .onTheWay
    case "train":
      if now.epochs > start.epochs || position.step >= (start.position?.step ?? 0) + 100 { return .done }
      return now.isRunning || !hasMoved && now.isRunning == start.isRunning ? .onTheWay : .wrong
    default: return .onTheWay
    }
  }

  /// A run that was started, where the task was to stand on a node.
  private static func started(_ start: CourseFacts, _ now: CourseFacts) -> Verdict {
    now.isRunning && !start.isRunning ? .wrong : .onTheWay
  }

  /// A moment in a phase, or before it on the way there.
  private static func reach(_ position: Position, _ phase: Phase, _ isThere: Bool) -> Verdict {
    if position.phase == phase, isThere { return .done }
    return position.phase <= phase ? .onTheWay : .wrong
  }

  /// Exactly one node farther.
  private static func meet(_ start: CourseFacts, _ now: CourseFacts, _ position: Position) -> Verdict {
    guard let before = start.position, position != before else { return started(start, now) }
    let phases = Phase.allCases
    let isNextNode = position.phase == before.phase && position.node == before.node + 1
    let isNextPhase =
      phases.firstIndex(of: position.phase) == phases.firstIndex(of: before.phase).map { $0 + 1 }
      && position.node == 0
    let isNextStep =
      position.step == before.step + 1 && before.phase == phases.last && position.phase == phases.first
    let isOne = position.step == before.step && (isNextNode || isNextPhase) || isNextStep
    return isOne && !now.isRunning ? .done : .wrong
  }

  private static func linear(_ now: CourseFacts, _ position: Position, _ hasMoved: Bool) -> Verdict {
    if position.phase == .forward, now.current?.name == now.firstLinear, now.shown == now.firstLinear {
      return .part(1)
    }
    if now.isRunning { return .wrong }
    return hasMoved && position.phase >= .forward ? .wrong : .onTheWay
  }

  private static func anotherCell(_ start: CourseFacts, _ now: CourseFacts, _ hasMoved: Bool) -> Verdict {
    if hasMoved || now.isRunning { return .part(0) }
    return now.cell != start.cell && now.shown == now.firstLinear ? .done : .onTheWay
  }

  private static func zeroGrad(
    _ part: Int, _ start: CourseFacts, _ now: CourseFacts, _ position: Position, _ hasMoved: Bool
  ) -> Verdict {
    switch part {
    case 0: return now.keepsGradients ? .part(1) : hasMoved || now.isRunning ? .wrong : .onTheWay
    case 1:
      guard now.keepsGradients else { return .part(0) }
      return now.showsSum && position.step >= (start.position?.step ?? 0) + 2 ? .part(2) : .onTheWay
    default: return now.keepsGradients ? .onTheWay : .done
    }
  }
}
