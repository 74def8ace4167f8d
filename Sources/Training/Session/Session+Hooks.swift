import Autograd
import Datasets
import Trace

extension Session: TrainingHooks {
  func willBegin(_ start: IterationStart) throws -> Bool {
    let iteration = start.iteration
    modules.removeAll(keepingCapacity: true)
    if let replay {
      try meet(start, replay)
    } else if iteration > history.newest {
      if let past { try rejoin(past) }
      try keepPace()
      if isHeadless {
        if gate.hasRequests { try collect() }
      } else {
        history.begin(start, always: !transport.isPlaying, now: now)
      }
    } else {
      try revisit(start)
    }
    // An iteration in which something was changed is watched too, since the change has its node.
    guard iteration >= watchedFrom || changeLog.next?.iteration == iteration else { return false }
    if isHeadless, !watch.isActive, log?.wantsNodes(of: iteration) != true,
      changeLog.next?.iteration != iteration
    {
      return false
    }
    if tape.iteration == 1, iteration == 2, builder.template == nil { builder.learn(tape) }
    tape.begin(iteration)
    watch.begin()
    search?.watch.begin()
    phase = .batch
    keepsUpdates =
      wantsMoment || gate.hasRequests || !transport.isPlaying || secondsPerIteration != nil || past != nil
      || iteration == lastIteration || replay.map { iteration >= $0.last } ?? false
    if keepsUpdates { iterationStart = now() }
    return true
  }

  var zeroesGradients: Bool { switches.zeroGrad }

  func knownHash(at iteration: Int) -> UInt64? { history.hashes[iteration] }

  func recordedBatch(of iteration: Int) throws -> Batch? { try replay?.batch(of: iteration) }

  func didLoad(_ batch: Batch) throws {
    tape.batch = batch
    try arrive(.batch, 0)
  }

  func willBegin(_ phase: Phase) { self.phase = phase }

  func didFinishIteration(loss: Double) throws {
    if tape.iteration > lastFinished {
      lastFinished = tape.iteration
      losses.append(
        RunUpdate.LossPoint(iteration: tape.iteration, loss: Float(loss), accuracy: accuracyIfDue))
    }
    search?.watch.finish(tape)
    if watch.isActive { finishWatching() }
    if let replay, tape.iteration >= replay.last { return try comeToEnd(replay) }
    if transport.stops(atEndOf: tape.iteration) { return try stand() }
    if wantsMoment, keepsUpdates, search == nil, inquiry == nil { publishIfDue() }
  }

  /// The batch's accuracy, often enough for a curve and seldom enough to cost nothing.
  private var accuracyIfDue: Float? {
    guard tape.iteration <= 1_024 || tape.iteration.isMultiple(of: 8) else { return nil }
    return tape.accuracy
  }

  func checkForQuit() throws { if gate.hasRequests { try collect() } }

  func willRunForward(_ step: ForwardStep) {}

  func didRunForward(_ step: ForwardStep, output: Tensor) throws {
    tape.forward.append(
      Tape.Forward(
        operation: step.operation, inputs: step.inputs, output: output, module: modules.last, phase: phase,
        location: step.location))
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
        parameter: parameter, before: keeps ? parameter.copied() : nil,
        memory: keeps ? state.memory(of: parameter) : []))
  }

  func didUpdate(_ parameter: Tensor) throws { try arrive(.update, tape.updates.count - 1) }

  func willEnter(_ module: AnyObject) { modules.append(ObjectIdentifier(module)) }

  func didLeave(_ module: AnyObject) { modules.removeLast() }
}
