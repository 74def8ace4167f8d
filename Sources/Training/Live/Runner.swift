import Dispatch
import Localization
import Synchronization
import Trace

/// Runs an experiment on a serial Dispatch queue of its own, and is what the screen holds of it.
///
/// Commands go in by ``send(_:)``; what happened comes out by ``takeUpdate()``. Neither side waits for the
/// other: the queue waits only where the run is paused, and for the pace.
package final class Runner: RunConnection {
  private let queue = DispatchQueue(label: "tapedeck.training", qos: .userInitiated)
  private let gate = Gate()
  private let mailbox = Mailbox()
  private let source: @Sendable () throws -> RunSource
  private let plan: RecordingPlan
  private let now: @Sendable () -> Double
  private let onStart: @Sendable () -> Void
  private let onUpdate: @Sendable () -> Void
  private let limits: HistoryLimits
  /// The language of what the run says, which the queue does not inherit.
  private let language = Language.current
  private let ended = DispatchGroup()

  /// A runner of the experiment that `make` makes on the queue.
  ///
  /// - Parameters:
  ///   - make: makes the experiment, on the training queue.
  ///   - now: seconds from any fixed point.
  ///   - historyBytes: what the keyframes that lead back into the past may take in memory.
  ///   - onUpdate: called on the queue when ``takeUpdate()`` has something new.
  package convenience init(
    make: @escaping @Sendable () throws -> Experiment, now: @escaping @Sendable () -> Double,
    historyBytes: Int = 256 << 20, onUpdate: @escaping @Sendable () -> Void
  ) {
    self.init(
      .live(make), now: now, limits: HistoryLimits(byteBudget: historyBytes), onUpdate: onUpdate)
  }

  /// A runner of a recording, or of a run that is recorded; `onStart` is called first of all in the thread that runs
  /// what the user wrote.
  package convenience init(
    _ source: RunSource, recording plan: RecordingPlan, now: @escaping @Sendable () -> Double,
    historyBytes: Int, onStart: @escaping @Sendable () -> Void, onUpdate: @escaping @Sendable () -> Void
  ) {
    self.init(
      source, recording: plan, now: now, limits: HistoryLimits(byteBudget: historyBytes), onStart: onStart,
      onUpdate: onUpdate)
  }

  /// A runner that keeps as much of the past as `limits` say.
  package convenience init(
    make: @escaping @Sendable () throws -> Experiment, now: @escaping @Sendable () -> Double,
    limits: HistoryLimits, onUpdate: @escaping @Sendable () -> Void
  ) {
    self.init(.live(make), now: now, limits: limits, onUpdate: onUpdate)
  }

  /// A runner of any source that keeps as much of the past as `limits` say.
  package init(
    _ source: RunSource, recording plan: RecordingPlan = RecordingPlan(),
    now: @escaping @Sendable () -> Double, limits: HistoryLimits,
    onStart: @escaping @Sendable () -> Void = {},
    onUpdate: @escaping @Sendable () -> Void
  ) {
    self.source = { source }
    capabilities = source.capabilities
    self.plan = plan
    self.now = now
    self.limits = limits
    self.onStart = onStart
    self.onUpdate = onUpdate
  }

  /// A runner of a recording that `open` opens on the queue.
  package init(
    opening open: @escaping @Sendable () throws -> RunSource, recording plan: RecordingPlan,
    now: @escaping @Sendable () -> Double, historyBytes: Int, onStart: @escaping @Sendable () -> Void,
    onUpdate: @escaping @Sendable () -> Void
  ) {
    source = open
    capabilities = .all
    self.plan = plan
    self.now = now
    limits = HistoryLimits(byteBudget: historyBytes)
    self.onStart = onStart
    self.onUpdate = onUpdate
  }

  /// What the run can be asked for before it has begun.
  package let capabilities: RunCapabilities

  /// Begins the run, paused at its first node if `isPaused`, with at most `pace` steps a second.
  package func start(isPaused: Bool, pace: Double?) {
    var first = RunUpdate()
    first.status = .preparing
    post(first)
    queue.async(group: ended) { @Sendable in
      let report = EvaluationReport(now: self.now) { self.post($0) }
      self.language.during {
        WorkProgress(report.reached).during { self.run(isPaused: isPaused, pace: pace) }
      }
    }
  }

  /// Gives the run a command.
  package func send(_ command: Command) { gate.send(command) }

  /// Asks for the moment to show next; made when the run next reaches the end of a step.
  package func requestMoment() { gate.requestMoment() }

  /// What has happened since the last call.
  package func takeUpdate() -> RunUpdate { mailbox.take() }

  /// Waits until a run that was told to quit has ended; false if it takes longer than `seconds`.
  package func waitForEnd(seconds: Double) -> Bool { ended.wait(timeout: .now() + seconds) == .success }

  private func run(isPaused: Bool, pace: Double?) {
    onStart()
    do {
      let publisher = Publisher { [self] in post($0) }
      switch try source() {
      case .live(let make): try train(make(), nil, publisher, isPaused: isPaused, pace: pace)
      case .resumed(let archive, let make):
        try train(make(), archive, publisher, isPaused: isPaused, pace: pace)
      case .replay(let shown, let make): try replay(shown, make(), publisher, isPaused: isPaused)
      }
    } catch {
      var update = RunUpdate()
      update.status = .failed("\(error)")
      post(update)
    }
  }

  private func train(
    _ experiment: Experiment, _ archive: (any RunArchive)?, _ publisher: Publisher, isPaused: Bool,
    pace: Double?
  ) throws {
    let run = try LiveRun(
      archive, experiment, gate: gate, publisher: publisher, audience: .screen, plan: plan,
      isPaused: isPaused, pace: pace, limits: limits, now: now)
    var begun = try run.begin(plan)
    begun.status = isPaused ? nil : .running
    post(begun)
    try run.run { result in
      var update = RunUpdate()
      update.epochs = [result]
      publisher.post(update)
    }
  }

  private func replay(
    _ shown: ReplayPlan, _ replayed: ReplayedExperiment, _ publisher: Publisher, isPaused: Bool
  ) throws {
    let run = RecordedRun(shown.archive, replayed, machine: plan.machine, limits: limits)
    let watch = run.timeline.map {
      Watch($0.names, stepsPerEpoch: $0.experiment.trainData.stepsPerEpoch)
    }
    let deck = Deck(gate, publisher: publisher, watch: watch)
    let replay = Replay(shown, run, deck: deck, isPaused: isPaused, now: now)
    var begun = replay.begin()
    begun.status = isPaused ? nil : .running
    post(begun)
    try replay.show()
  }

  private func post(_ update: RunUpdate) {
    mailbox.post(update)
    onUpdate()
  }
}
