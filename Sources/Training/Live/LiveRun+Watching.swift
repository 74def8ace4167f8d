import Autograd
import Trace

/// What of an iteration is looked at, and when the next one may begin.
extension LiveRun {
  /// Whether the nodes of an iteration are watched one by one: only where someone may want to see one.
  func isWatched(_ iteration: Int) throws -> Bool {
    // An iteration in which something was changed is watched too, since the change has its node.
    if timeline.changeLog.next?.iteration == iteration { return true }
    guard !isCatchingUp(iteration) else { return false }
    if deck.watch?.isActive == true || log?.wantsNodes(of: iteration) == true { return true }
    return try audience == .screen && !runsUnwatched(iteration)
  }

  /// Whether nothing waits for a moment of an iteration or for a stop in it. Later requests wait for
  /// the next one, so it has to be short.
  private func runsUnwatched(_ iteration: Int) throws -> Bool {
    guard errand.isPlaying, pacer.secondsPerIteration == nil, iteration > 2,
      iteration < targetIteration ?? lastIteration, !isBeforeEvaluation(iteration), pacer.isFast
    else { return false }
    if deck.hasRequests { try collect() }
    let demand = publisher.demand
    guard !deck.hasCommands, !demand.awaitsChoice, deck.watch?.isActive != true,
      pacer.secondsPerIteration == nil, log?.wantsNodes(of: iteration) != true,
      !(demand.wantsMoment && demand.isAffordable(at: pacer.began))
    else { return false }
    return true
  }

  /// Whether an epoch ends with an iteration: it is what can be shown while the epoch is evaluated.
  func isBeforeEvaluation(_ iteration: Int) -> Bool {
    iteration.isMultiple(of: experiment.trainData.iterationsPerEpoch)
  }

  var targetIteration: Int? {
    if case .advancing(let target, _) = errand { target.iteration } else { nil }
  }

  /// Whether an iteration reports its batch's accuracy: often enough for a curve, rarely enough to cost nothing.
  func hasAccuracy(_ iteration: Int) -> Bool { iteration <= 1_024 || iteration.isMultiple(of: 8) }

  /// The formula of a parameter's update may be needed: of any parameter where the run may stop next; otherwise only that of the node
  /// shown, which is the first parameter if none was chosen.
  func detail(ofUpdateOf parameter: Tensor) -> UpdateDetail {
    guard keepsUpdates || !errand.isPlaying else { return .event }
    guard errand.isFree, pacer.secondsPerIteration == nil, deck.watch?.isActive != true,
      !isBeforeEvaluation(recorder.tape.iteration)
    else { return .memory }
    let parameters = timeline.names.parameters
    if parameters[ObjectIdentifier(parameter)] == deck.focus.node { return .memory }
    let first = recorder.tape.forward.lazy.flatMap(\.inputs).first { parameters[ObjectIdentifier($0)] != nil }
    return first === parameter ? .memory : .values
  }

  /// Waits until the pace lets the next iteration begin, and carries out commands meanwhile.
  func keepPace() throws {
    // A run to a step is not slowed down.
    guard pacer.secondsPerIteration != nil, errand.isPlaying, !isAdvancing else { return }
    while errand.isPlaying, !deck.hasCommands, let rest = pacer.rest(at: now()), rest > 0 {
      if publisher.demand.isWaiting { publishIfDue() }
      deck.wait(seconds: rest)
      if deck.hasRequests { try collect() }
    }
    // When a waiting run is stopped, it shows the iteration that is done, not the first node of the next.
    if deck.hasCommands, recorder.tape.iteration > 0, recorder.tape.iteration == position.iteration {
      interrupt()
      try pause()
    }
    pacer.advance(at: now())
    pacer.restart(at: now())
  }

  private var isAdvancing: Bool { if case .advancing = errand { true } else { false } }
}
