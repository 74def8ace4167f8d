import Autograd
import Trace

/// What of a step is looked at, and when the next one may begin.
extension LiveRun {
  /// Whether the nodes of a step are watched one by one: only where someone may want to see one.
  func isWatched(_ step: Int) throws -> Bool {
    let isDiagnosed = !isCatchingUp(step) && diagnostician.begin(step)
    // A step in which something was changed is watched too, since the change has its node.
    if isDiagnosed || timeline.changeLog.next?.step == step || outcome.repeats(step) { return true }
    guard !isCatchingUp(step) else { return false }
    if isAwaited(step) { return true }
    return try audience == .screen && !runsUnwatched(step)
  }

  /// Whether a breakpoint or the recording needs the nodes of a step. The run stops at a finding as soon as its step is done.
  private func isAwaited(_ step: Int) -> Bool {
    deck.watch.map { $0.isActive || $0.stopsAtFindings } == true || log?.wantsNodes(of: step) == true
  }

  /// Whether nothing waits for a moment of a step or for a stop in it. Later requests wait for
  /// the next one, so it has to be short.
  private func runsUnwatched(_ step: Int) throws -> Bool {
    guard errand.isPlaying, pacer.secondsPerStep == nil, step > 2,
      step < targetStep ?? lastStep, !isBeforeEvaluation(step), pacer.isFast
    else { return false }
    if deck.hasRequests { try collect() }
    let demand = publisher.demand
    guard !deck.hasCommands, !demand.awaitsChoice, pacer.secondsPerStep == nil, !isAwaited(step),
      !(demand.wantsMoment && demand.isAffordable(at: pacer.began))
    else { return false }
    return true
  }

  /// Whether an epoch ends with a step: it is what can be shown while the epoch is evaluated.
  func isBeforeEvaluation(_ step: Int) -> Bool {
    step.isMultiple(of: experiment.trainData.stepsPerEpoch)
  }

  var targetStep: Int? {
    if case .advancing(let target, _) = errand { target.step } else { nil }
  }

  /// The formula of a parameter's update may be needed: of any parameter where the run may stop next; otherwise only that of the node
  /// shown, which is the first parameter if none was chosen.
  func detail(ofUpdateOf parameter: Tensor) -> UpdateDetail {
    guard keepsUpdates || !errand.isPlaying else { return diagnostician.isLooking ? .values : .event }
    guard errand.isFree, pacer.secondsPerStep == nil, deck.watch?.isActive != true,
      !isBeforeEvaluation(recorder.tape.step)
    else { return .memory }
    let parameters = timeline.names.parameters
    if parameters[ObjectIdentifier(parameter)] == deck.focus.node { return .memory }
    let first = recorder.tape.forward.lazy.flatMap(\.inputs).first { parameters[ObjectIdentifier($0)] != nil }
    return first === parameter ? .memory : .values
  }

  /// Waits until the pace lets the next step begin, and carries out commands meanwhile.
  func keepPace() throws {
    // A run to a step is not slowed down.
    guard pacer.secondsPerStep != nil, errand.isPlaying, !isAdvancing else { return }
    while errand.isPlaying, !deck.hasCommands, let rest = pacer.rest(at: now()), rest > 0 {
      if publisher.demand.isWaiting { publishIfDue() }
      deck.wait(seconds: rest)
      if deck.hasRequests { try collect() }
    }
    // When a waiting run is stopped, it shows the step that is done, not the first node of the next.
    if deck.hasCommands, recorder.tape.step > 0, recorder.tape.step == position.step {
      interrupt()
      try pause()
    }
    pacer.advance(at: now())
    pacer.restart(at: now())
  }

  private var isAdvancing: Bool { if case .advancing = errand { true } else { false } }
}
