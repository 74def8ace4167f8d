import Autograd
import Datasets
import NN
import Trace

extension Session: TrainingHooks {
  func willBegin(_ start: IterationStart) throws -> Bool {
    let iteration = start.iteration
    let began = now()
    (iterationSeconds, iterationStart) = (began - iterationStart, began)
    modules.removeAll(keepingCapacity: true)
    if let replay {
      try meet(start, replay)
    } else if iteration > history.newest {
      if let past { try rejoin(past) }
      try keepPace()
      // Waiting is no part of what an iteration takes.
      if secondsPerIteration != nil { iterationStart = now() }
      if isHeadless {
        if gate.hasRequests { try collect() }
      } else {
        history.begin(start, always: !transport.isPlaying, now: now)
      }
    } else {
      try revisit(start)
    }
    guard try isWatched(iteration) else { return false }
    if tape.iteration == 1, iteration == 2, builder.template == nil { builder.learn(tape) }
    tape.begin(iteration)
    watch.begin()
    search?.watch.begin()
    phase = .batch
    keepsUpdates =
      wantsMoment || awaitsChoice || gate.hasRequests || !transport.isPlaying || secondsPerIteration != nil
      || past != nil || isBeforeEvaluation(iteration) || iteration == goal?.position.iteration
      || replay.map { iteration >= $0.last } ?? false
    return true
  }

  /// Whether the nodes of an iteration are looked at one by one: only where somebody may want to see one.
  private func isWatched(_ iteration: Int) throws -> Bool {
    // An iteration in which something was changed is watched too, since the change has its node.
    if changeLog.next?.iteration == iteration { return true }
    guard iteration >= watchedFrom else { return false }
    if watch.isActive || log?.wantsNodes(of: iteration) == true { return true }
    return try !isHeadless && !runsFreely(iteration)
  }

  /// Whether nobody waits for a moment of an iteration or for a stop in it. What is asked from now on waits for
  /// the next one, so it has to be short.
  private func runsFreely(_ iteration: Int) throws -> Bool {
    guard transport.isPlaying, secondsPerIteration == nil, past == nil, replay == nil, search == nil,
      inquiry == nil, iteration > 2, iteration < goal?.position.iteration ?? lastIteration,
      !isBeforeEvaluation(iteration), iterationSeconds < Session.shortIteration
    else { return false }
    if gate.hasRequests { try collect() }
    guard inbox.isEmpty, !awaitsChoice, !watch.isActive, secondsPerIteration == nil,
      log?.wantsNodes(of: iteration) != true, !(wantsMoment && isMomentDue(at: iterationStart))
    else { return false }
    position = Position(iteration: iteration, phase: .batch, node: 0)
    return true
  }

  /// Whether an epoch ends with an iteration: it is what can be shown while the epoch is evaluated.
  private func isBeforeEvaluation(_ iteration: Int) -> Bool {
    iteration.isMultiple(of: experiment.trainData.iterationsPerEpoch)
  }

  var zeroesGradients: Bool { switches.zeroGrad }

  func knownHash(at iteration: Int) -> UInt64? { history.hashes[iteration] }

  func recordedBatch(of iteration: Int) throws -> Batch? { try replay?.batch(of: iteration) }

  func didLoad(_ batch: Batch) throws {
    tape.batch = batch
    try arrive(.batch, 0)
  }

  func willBegin(_ phase: Phase) throws {
    if phase == .backward, watch.lossNodeCount == nil { try learnLoss() }
    self.phase = phase
  }

  func didFinishIteration(loss: Double) throws {
    if tape.iteration > lastFinished {
      lastFinished = tape.iteration
      losses.add(
        RunUpdate.LossPoint(
          iteration: tape.iteration, loss: Float(loss),
          accuracy: hasAccuracy(tape.iteration) ? tape.accuracy : nil))
    }
    search?.watch.finish(tape)
    if watch.isActive { finishWatching() }
    if let replay, tape.iteration >= replay.last { return try comeToEnd(replay) }
    if transport.stops(atEndOf: tape.iteration) { return try stand() }
    guard wantsMoment || awaitsChoice, keepsUpdates, search == nil, inquiry == nil else { return }
    // What the iteration took longer than one that runs free is the moment's cost too.
    publishIfDue(alsoCost: freeSeconds.map { max(0, now() - iterationStart - $0) } ?? 0)
  }

  func didPass(_ iteration: Int, loss: Double, output: Tensor, targets: Tensor) {
    guard !isHeadless, iteration > lastFinished else { return }
    lastFinished = iteration
    position = .end(of: iteration)
    freeSeconds = now() - iterationStart
    let accuracy = hasAccuracy(iteration) ? BatchAccuracy.share(of: output, labels: targets) : nil
    losses.add(RunUpdate.LossPoint(iteration: iteration, loss: Float(loss), accuracy: accuracy))
  }

  /// Whether an iteration tells its batch's accuracy: often enough for a curve, seldom enough to cost nothing.
  private func hasAccuracy(_ iteration: Int) -> Bool { iteration <= 1_024 || iteration.isMultiple(of: 8) }

  func checkForQuit() throws {
    if gate.hasRequests { try collect() }
    // After iterations that ran free there is no moment to show here.
    if awaitsChoice, transport.isPlaying, tape.iteration == position.iteration { publishIfDue() }
  }

  func willRunForward(_ step: ForwardStep) {}

  func didRunForward(_ step: ForwardStep, output: Tensor) throws {
    tape.add(step, output: output, module: modules.last, phase: phase)
    try arrive(phase, tape.count(in: phase) - 1)
  }

  func willRunBackward(_ node: Autograd.Node, upstream: Tensor) {}

  func didRunBackward(_ node: Autograd.Node, upstream: Tensor, contributions: [Tensor?]) throws {
    tape.backward.append(Tape.Backward(node: node, upstream: upstream, contributions: contributions))
    try arrive(.backward, tape.backward.count - 1)
  }

  func willUpdate(_ parameter: Tensor) {
    let keeps = keepsUpdates || !transport.isPlaying
    tape.updates.append(
      Tape.Update(
        parameter: parameter, before: keeps ? state.copy(parameter) : nil,
        memory: keeps && keepsMemory(of: parameter) ? memory(of: parameter) : nil))
  }

  /// Whether the formula of a parameter's update may be asked for: where the run may stand next, any; else only that of
  /// the node looked at, which is the first parameter if none was chosen.
  private func keepsMemory(of parameter: Tensor) -> Bool {
    guard transport.isPlaying, pauseBegan == nil, secondsPerIteration == nil, !watch.isActive, past == nil,
      replay == nil, !isBeforeEvaluation(tape.iteration), tape.iteration != goal?.position.iteration
    else { return true }
    let names = builder.names.parameters
    if names[ObjectIdentifier(parameter)] == focus.node { return true }
    return tape.forward.lazy.flatMap(\.inputs).first { names[ObjectIdentifier($0)] != nil } === parameter
  }

  /// A copy of what the optimizer remembers of a parameter.
  private func memory(of parameter: Tensor) -> [Optimizer.NamedParameter] {
    if tape.updates.isEmpty || memories.isEmpty { memories = state.memory }
    let name = builder.names.parameters[ObjectIdentifier(parameter)]
    return name.flatMap { memories[$0] }?.map { ($0.name, state.copy($0.tensor)) } ?? []
  }

  func didUpdate(_ parameter: Tensor) throws { try arrive(.update, tape.updates.count - 1) }

  func willEnter(_ module: AnyObject) { modules.append(ObjectIdentifier(module)) }

  func didLeave(_ module: AnyObject) { modules.removeLast() }
}
