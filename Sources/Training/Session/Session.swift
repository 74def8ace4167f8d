import Autograd
import Datasets
import NN
import Trace

/// One live run on the training queue: records the tape, stops where the deck's keys say, goes back to
/// moments of the past, and leaves moments for the screen.
///
/// The *head* is as far as training has run. A moment of the past is met again by running on from a keyframe
/// before it: the loop is left by throwing ``Jump`` and begun again there.
///
/// Owner: the training queue. It ends by throwing ``RunEnded`` through the training loop.
final class Session {
  /// Thrown to end a run that the user quit.
  struct RunEnded: Error {}

  /// Thrown to leave the iteration, so that the loop begins again at the keyframe before ``watchedFrom``.
  struct Jump: Error {}

  /// The head, while the cursor is behind it.
  struct Past {
    let head: Position
    /// Everything as it is at the head.
    let state: Keyframe
    /// Whether training goes on once the head is reached.
    var playsOn = false
  }

  let gate: Gate
  let post: (RunUpdate) -> Void
  let now: () -> Double
  let state: ModelState
  let changes: ChangeMaker
  let switches = TrainingSwitches()
  /// The last iteration of the run: where it ends, all that a moment shows is kept.
  let lastIteration: Int

  /// The loop that drives the session, to be told of a change of the past.
  weak var loop: TrainingLoop?
  var changeLog = ChangeLog()

  var history: History
  var builder: MomentBuilder
  var transport: Transport
  var tape = Tape()
  var phase = Phase.batch
  var modules: [ObjectIdentifier] = []
  var position = Position.start
  var focus = Focus()

  /// Commands that wait for the run to stand.
  var inbox: [Command] = []
  var past: Past?
  /// Earlier iterations are run unseen, on the way to this one.
  var watchedFrom = 0
  /// Whether all since the last keyframe was met again as it was.
  var isFaithful = true
  /// Whether training has come to its end.
  var isOver = false

  /// What the next update tells beside its moment.
  var losses: [RunUpdate.LossPoint] = []
  var warnings: [String] = []
  var events: [RunEvent] = []
  var newFork: RunUpdate.Fork?
  var gradientCheck: GradientCheck?
  var lastFinished = 0

  /// Whether the screen waits for a moment, and since when this iteration keeps what one needs.
  var wantsMoment = false
  var keepsUpdates = false
  var iterationStart = 0.0
  var costOfMoment = 0.0
  var lastMoment = -Double.infinity

  /// The least time from one iteration to the next; nil to run as fast as can be.
  var secondsPerIteration: Double?
  var nextIteration = 0.0

  /// A session for an experiment; it stands before the first node where `isPaused`.
  init(
    _ experiment: Experiment, gate: Gate, isPaused: Bool, pace: Double?, limits: HistoryLimits,
    now: @escaping () -> Double, post: @escaping (RunUpdate) -> Void
  ) {
    secondsPerIteration = pace.map { 1 / max($0, 0.01) }
    builder = MomentBuilder(experiment)
    transport = Transport(isPaused: isPaused)
    lastIteration = experiment.epochs * experiment.trainData.iterationsPerEpoch
    state = ModelState(model: experiment.model, optimizer: experiment.optimizer, switches: switches)
    changes = ChangeMaker(experiment, switches: switches)
    history = History(state, byteBudget: limits.byteBudget, onKeyframe: limits.onKeyframe)
    self.gate = gate
    self.now = now
    self.post = post
    nextIteration = now()
  }

  /// Runs the loop to its end, and stands there; goes on wherever the user wants to look.
  ///
  /// - Throws: ``RunEnded``, or the error of the operator that failed.
  func drive(_ loop: TrainingLoop, report: (EpochResult) throws -> Void) throws -> Never {
    self.loop = loop
    var start = IterationStart.first
    while true {
      do {
        try loop.run(from: start, report: report)
        if let past { try rejoin(past) }
        isOver = true
        try stand()
      } catch is Jump {
        start = try restore()
        changeLog.rewind(to: start.iteration)
      }
    }
  }

  /// As far as training has run.
  var head: Position { past?.head ?? position }

  /// A node has run: stops here if the keys say so. Otherwise costs one load of an atomic and a comparison.
  func arrive(_ phase: Phase, _ node: Int) throws {
    position = Position(iteration: tape.iteration, phase: phase, node: node)
    if let next = changeLog.next, position >= next { try repeatChanges() }
    if let past, position >= past.head { try rejoin(past) }
    if gate.hasRequests { try collect() }
    if !inbox.isEmpty { heed() }
    if transport.stops(at: position) { return try stand() }
    if wantsMoment, now() - iterationStart > Session.slowIteration { publishIfDue() }
  }

  /// What was asked while the run goes on: a movement stops it if it plays, a pause wherever it is bound for.
  func heed() {
    if let pause = inbox.lastIndex(of: .pause) {
      inbox.removeFirst(pause + 1)
      past?.playsOn = false
      watchedFrom = 0
      transport.halt()
    } else if transport.isPlaying {
      transport.halt()
    }
  }

  /// Takes what was asked: settings at once, movements when the run stands.
  func collect() throws {
    let requests = gate.take()
    wantsMoment = wantsMoment || requests.wantsMoment
    for command in requests.commands {
      switch command {
      case .focus(let wanted): focus = wanted
      case .pace(let iterationsPerSecond): setPace(iterationsPerSecond)
      case .quit: throw RunEnded()
      case .run where transport.isPlaying && inbox.isEmpty: break
      case .seek:
        // Only the last of a row of leaps is looked at, so that dragging does not lag behind.
        if case .seek = inbox.last { inbox.removeLast() }
        inbox.append(command)
      default: inbox.append(command)
      }
    }
  }
}
