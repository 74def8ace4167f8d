import Autograd
import Datasets
import NN
import Trace

/// One live run on the training queue: records the tape, stops where the deck's keys say, and leaves
/// moments for the screen.
///
/// Owner: the training queue. It ends by throwing ``RunEnded`` through the training loop.
final class Session {
  /// Thrown to end a run that the user quit.
  struct RunEnded: Error {}

  private let gate: Gate
  private let post: (RunUpdate) -> Void
  private let now: () -> Double

  private var builder: MomentBuilder
  private var transport: Transport
  private var tape = Tape()
  private var phase = Phase.batch
  private var modules: [ObjectIdentifier] = []
  private var position = Position(iteration: 1, phase: .batch, node: 0)
  private var focus = Focus()
  private var losses: [RunUpdate.LossPoint] = []

  /// Whether the screen waits for a moment, and since when this iteration keeps what one needs.
  private var wantsMoment = false
  private var keepsUpdates = false
  private var iterationStart = 0.0
  private var costOfMoment = 0.0
  private var lastMoment = -Double.infinity

  /// The least time from one iteration to the next; nil to run as fast as can be.
  private var secondsPerIteration: Double?
  private var nextIteration = 0.0

  /// A session for an experiment; it stands before the first node where `isPaused`.
  init(
    _ experiment: Experiment, gate: Gate, isPaused: Bool, pace: Double?, now: @escaping () -> Double,
    post: @escaping (RunUpdate) -> Void
  ) {
    secondsPerIteration = pace.map { 1 / max($0, 0.01) }
    builder = MomentBuilder(experiment)
    transport = Transport(isPaused: isPaused)
    self.gate = gate
    self.now = now
    self.post = post
    nextIteration = now()
  }

  /// Stands at the last moment of a finished run and answers until the user quits.
  func rest() throws {
    publish(status: .finished)
    while true {
      gate.wait()
      for command in gate.take().commands { try apply(command) }
      publish(status: nil)
    }
  }

  // MARK: Stopping and publishing

  /// A node has run: stops here if the keys say so. Otherwise costs one load of an atomic and a comparison.
  private func arrive(_ phase: Phase, _ node: Int) throws {
    position = Position(iteration: tape.iteration, phase: phase, node: node)
    if gate.hasRequests { try takeRequests() }
    if transport.stops(at: position) { return try stand() }
    if wantsMoment, now() - iterationStart > Session.slowIteration { publishIfDue() }
  }

  private func stand() throws {
    publish(status: .paused)
    while true {
      gate.wait()
      var released = false
      for command in gate.take().commands {
        try apply(command)
        released = released || Transport.releases(command)
      }
      if released {
        if transport.isPlaying { post(status: .running) }
        return
      }
      publish(status: nil)
    }
  }

  /// Waits until the pace lets the next iteration begin, heeding what is asked meanwhile.
  private func keepPace() throws {
    guard let secondsPerIteration, transport.isPlaying else { return }
    while transport.isPlaying, case let rest = nextIteration - now(), rest > 0 {
      if wantsMoment { publishIfDue() }
      gate.wait(seconds: rest)
      if gate.hasRequests { try takeRequests() }
    }
    nextIteration = max(nextIteration, now() - secondsPerIteration) + secondsPerIteration
  }

  private func setPace(_ iterationsPerSecond: Double?) {
    secondsPerIteration = iterationsPerSecond.map { 1 / max($0, 0.01) }
    nextIteration = now()
  }

  private func takeRequests() throws {
    let requests = gate.take()
    wantsMoment = wantsMoment || requests.wantsMoment
    for command in requests.commands { try apply(command) }
  }

  private func apply(_ command: Command) throws {
    switch command {
    case .focus(let wanted): focus = wanted
    case .pace(let iterationsPerSecond): setPace(iterationsPerSecond)
    case .quit: throw RunEnded()
    case .run, .pause, .stepNode, .stepPhase, .stepIteration: transport.apply(command, at: position)
    }
  }

  /// Seconds after which a moment is shown in the middle of an iteration rather than at its end.
  private static let slowIteration = 0.1

  /// A moment is made at most so often that all moments together take one part in this many of the time.
  private static let timeShare = 40.0

  private func publishIfDue() {
    let start = now()
    guard start - lastMoment > costOfMoment * Session.timeShare else { return }
    publish(status: nil)
    wantsMoment = false
    lastMoment = now()
    costOfMoment = lastMoment - start
  }

  private func publish(status: RunUpdate.Status?) {
    var update = RunUpdate()
    update.status = status
    update.moment = builder.moment(of: tape, at: position, focus: focus, isPlaying: transport.isPlaying)
    update.losses = losses
    losses.removeAll(keepingCapacity: true)
    post(update)
  }

  private func post(status: RunUpdate.Status) {
    var update = RunUpdate()
    update.status = status
    post(update)
  }
}

extension Session: TrainingHooks {
  func willBeginIteration(_ iteration: Int) throws {
    try keepPace()
    if tape.iteration == 1 { builder.learn(tape) }
    tape.begin(iteration)
    phase = .batch
    keepsUpdates = wantsMoment || gate.hasRequests || !transport.isPlaying || secondsPerIteration != nil
    if keepsUpdates { iterationStart = now() }
  }

  func didLoad(_ batch: Batch) throws {
    tape.batch = batch
    try arrive(.batch, 0)
  }

  func willBegin(_ phase: Phase) { self.phase = phase }

  func didFinishIteration(loss: Double) {
    losses.append(RunUpdate.LossPoint(iteration: tape.iteration, loss: Float(loss)))
    if wantsMoment, keepsUpdates { publishIfDue() }
  }

  func checkForQuit() throws { if gate.hasRequests { try takeRequests() } }

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
    tape.updates.append(Tape.Update(parameter: parameter, before: keepsUpdates ? parameter.copied() : nil))
  }

  func didUpdate(_ parameter: Tensor) throws { try arrive(.update, tape.updates.count - 1) }

  func willEnter(_ module: AnyObject) { modules.append(ObjectIdentifier(module)) }

  func didLeave(_ module: AnyObject) { modules.removeLast() }
}
