import Trace

/// A run without a screen that is recorded: nodes are watched only where the recording needs them.
package struct HeadlessRecordingRun: Sendable {
  private let source: RunSource
  private let plan: RecordingPlan
  private let breakpoints: [Breakpoint]
  private let now: @Sendable () -> Double
  private let gate = Gate()

  /// A run; `now` gives seconds from any fixed point.
  package init(
    _ source: RunSource, recording plan: RecordingPlan, breakpoints: [Breakpoint] = [],
    now: @escaping @Sendable () -> Double
  ) {
    self.source = source
    self.plan = plan
    self.breakpoints = breakpoints
    self.now = now
  }

  /// Ends the run before its end, from any thread: what was recorded is whole.
  package func quit() { gate.send(.quit) }

  /// Trains on the calling thread, publishes what is trained and what is found, and reports each epoch; returns the breakpoint that was
  /// hit, which ends the run.
  ///
  /// - Throws: the error of the operator that failed, or what `report` throws.
  package func run(
    began: (RunDescription) -> Void, warn: @escaping (String) -> Void = { _ in },
    find: @escaping ([Finding]) -> Void = { _ in }, report: (EpochResult) throws -> Void
  ) throws -> RunEvent? {
    var hit: RunEvent?
    let publisher = Publisher { update in
      update.warnings.forEach(warn)
      if !update.findings.isEmpty { find(update.findings) }
      hit = hit ?? update.events.first { $0.kind == .breakpoint }
    }
    let run = try makeRun(publisher)
    let begun = try run.begin(plan)
    if !breakpoints.isEmpty { gate.send(.breakpoints(breakpoints)) }
    if let description = begun.description { began(description) }
    begun.warnings.forEach(warn)
    do {
      try run.run { result in
        var update = RunUpdate()
        update.epochs = [result]
        publisher.post(update)
        // What was found in the epoch is reported with it.
        publisher.flush()
        try report(result)
      }
    } catch {
      publisher.flush()
      throw error
    }
    // What has not been published yet, since nothing was shown.
    publisher.flush()
    publisher.log?.handOver()
    return hit
  }

  private func makeRun(_ publisher: Publisher) throws -> LiveRun {
    let archive: (any RunArchive)?
    let experiment: Experiment
    switch source {
    case .live(let make): (archive, experiment) = (nil, try make())
    case .resumed(let resumed, let make): (archive, experiment) = (resumed, try make())
    case .replay(_, let make):
      guard let made = try make().experiment else { throw ArchiveError.noKeyframe }
      (archive, experiment) = (nil, made)
    }
    return try LiveRun(
      archive, experiment, gate: gate, publisher: publisher, audience: .nobody, plan: plan,
      isPaused: false, pace: nil, limits: HistoryLimits(byteBudget: 0), now: now)
  }
}
