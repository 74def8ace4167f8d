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
  /// Tells the screen, and the recording if there is one.
  let post: (RunUpdate) -> Void
  let now: () -> Double
  let experiment: Experiment
  let plan: RecordingPlan
  /// Whether there is no screen: nodes are watched only where a recording needs them, and the run ends at its end.
  let isHeadless: Bool
  let state: ModelState
  let changes: ChangeMaker
  let switches = TrainingSwitches()
  /// The last iteration of the run: where it ends, all that a moment shows is kept.
  let lastIteration: Int

  /// The loop that drives the session, to be told of a change of the past.
  weak var loop: TrainingLoop?
  var changeLog = ChangeLog()
  private let logSlot = RunLogSlot()
  /// What is recorded of the run; nil where nothing is.
  var log: RunLog? {
    get { logSlot.log }
    set { logSlot.log = newValue }
  }

  /// What the run is to stop at.
  var watch: Watch
  /// The breakpoint that stopped the run where it stands.
  var hit: BreakpointHit?
  /// Whether the run is on its way to a moment, and stops nowhere else.
  var ignoresBreakpoints = false
  /// Whether the run plays through the past, looking at every node, on its way to the head.
  var playsThrough = false
  var search: BackwardSearch?
  var inquiry: CauseSearch?
  var cause: Cause?
  /// When the user paused a run that finishes its iteration first.
  var pauseBegan: Double?
  /// Where the run is to stop that runs on to a step.
  var goal: Goal?
  /// What was found at a moment that the run is on its way to.
  var arrivalHit: (position: Position, hit: BreakpointHit)?
  var journeyBegan: (iteration: Int, seconds: Double)?
  var lastJourney = -Double.infinity

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
  /// What a recording has of the past, for a run that is replayed or resumed.
  let recorded: RecordedPast?
  /// The recording that is replayed; nil for a live run.
  let replay: Replay?
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

  /// Whether the screen waits for a moment, and whether this iteration keeps what one needs.
  var wantsMoment = false
  /// Whether the user waits to see what was chosen, for which a moment may cost what it does.
  var awaitsChoice = false
  var keepsUpdates = false
  /// What the optimizer remembers of each parameter, in the updates of an iteration that keeps it.
  var memories: [String: [Optimizer.NamedParameter]] = [:]
  /// When this iteration began, and what the one before took.
  var iterationStart = 0.0
  var iterationSeconds = Double.infinity
  /// What the last iteration took that ran free.
  var freeSeconds: Double?
  var costOfMoment = 0.0
  var lastMoment = -Double.infinity

  /// The least time from one iteration to the next; nil to run as fast as can be.
  var secondsPerIteration: Double?
  var nextIteration = 0.0

  /// A session for an experiment; it stands before the first node where `isPaused`.
  init(
    _ experiment: Experiment, gate: Gate, isPaused: Bool, pace: Double?, limits: HistoryLimits,
    plan: RecordingPlan = RecordingPlan(), isHeadless: Bool = false, recorded: RecordedPast? = nil,
    replay: Replay? = nil,
    now: @escaping () -> Double, post: @escaping (RunUpdate) -> Void
  ) {
    self.experiment = experiment
    self.plan = plan
    let recorded = recorded ?? replay?.recorded
    self.recorded = recorded
    self.replay = replay
    secondsPerIteration = pace.map { 1 / max($0, 0.01) }
    builder = MomentBuilder(experiment)
    transport = Transport(isPaused: isPaused)
    lastIteration = experiment.epochs * experiment.trainData.iterationsPerEpoch
    state = ModelState(model: experiment.model, optimizer: experiment.optimizer, switches: switches)
    watch = Watch(builder.names, iterationsPerEpoch: experiment.trainData.iterationsPerEpoch)
    changes = ChangeMaker(experiment, switches: switches)
    if let recorded, let first = recorded.first {
      history = History(
        state, first: first, newest: recorded.archive.lastIteration, byteBudget: limits.byteBudget,
        onKeyframe: limits.onKeyframe)
    } else {
      history = History(state, byteBudget: limits.byteBudget, onKeyframe: limits.onKeyframe)
    }
    self.isHeadless = isHeadless
    self.gate = gate
    self.now = now
    self.post = { [logSlot] update in
      logSlot.log?.take(update)
      post(update)
    }
    nextIteration = now()
    prepareRecorded()
  }

  /// Runs the loop to its end, and stands there; goes on wherever the user wants to look.
  ///
  /// - Throws: ``RunEnded``, or the error of the operator that failed.
  func drive(_ loop: TrainingLoop, report: (EpochResult) throws -> Void) throws -> Never {
    self.loop = loop
    loop.log = log
    defer { log?.handOver() }
    var start = try recorded == nil ? IterationStart.first : restore()
    changeLog.rewind(to: start.iteration)
    while true {
      do {
        try loop.run(from: start, report: report)
        if let past { try rejoin(past) }
        if !isOver { log?.end() }
        isOver = true
        if isHeadless { throw RunEnded() }
        try stand()
      } catch is Jump {
        start = try restore()
        changeLog.rewind(to: start.iteration)
      } catch let error where !(error is RunEnded) {
        log?.take(RunEvent(.error, at: position, "\(error)"))
        throw error
      }
    }
  }

  /// As far as training has run.
  var head: Position { replay?.head ?? past?.head ?? position }

  /// A node has run: stops here if the keys say so. Otherwise costs one load of an atomic and a comparison.
  func arrive(_ phase: Phase, _ node: Int) throws {
    position = Position(iteration: tape.iteration, phase: phase, node: node)
    if let next = changeLog.next, position >= next { try repeatChanges() }
    if search != nil, try seekBack() { return }
    if inquiry != nil, try inquire() { return }
    if let past, position >= past.head { try rejoin(past) }
    if gate.hasRequests { try collect() }
    if !inbox.isEmpty { heed() }
    if watch.isActive, !ignoresBreakpoints, try meetBreakpoints() { return try stand() }
    if transport.stops(at: position) || goal?.isReached(at: position) == true || isPauseDue {
      return try stand()
    }
    if wantsMoment || awaitsChoice, now() - iterationStart > Session.slowIteration { publishIfDue() }
  }

  /// What was asked while the run goes on: a movement stops it if it plays, a pause wherever it is bound for.
  func heed() {
    if let pause = inbox.lastIndex(of: .pause) {
      inbox.removeFirst(pause + 1)
      if past == nil, replay == nil, transport.isPlaying, inbox.isEmpty {
        finishIteration()
        return
      }
      past?.playsOn = false
      watchedFrom = 0
      transport.halt()
    } else if transport.isPlaying || playsThrough {
      past?.playsOn = false
      transport.halt()
    }
  }

  /// Takes what was asked: settings at once, movements when the run stands.
  func collect() throws {
    let requests = gate.take()
    wantsMoment = wantsMoment || requests.wantsMoment
    for command in requests.commands {
      switch command {
      case .focus(let wanted):
        focus = wanted
        awaitsChoice = true
      case .breakpoints(let wanted): watch.set(wanted)
      case .note(let words): events.append(RunEvent(.note, at: position, words))
      case .mark: events.append(RunEvent(.mark, at: position, "marked"))
      case .pace(let iterationsPerSecond): setPace(iterationsPerSecond)
      case .record(let path): record(to: path)
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
