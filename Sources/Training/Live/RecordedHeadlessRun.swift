import Trace

/// A run without a screen that is recorded: nodes are watched only where the recording needs them.
public struct RecordedHeadlessRun: Sendable {
  private let source: RunSource
  private let plan: RecordingPlan
  private let breakpoints: [Breakpoint]
  private let now: @Sendable () -> Double
  private let gate = Gate()

  /// A run; `now` gives seconds from any fixed point.
  public init(
    _ source: RunSource, recording plan: RecordingPlan, breakpoints: [Breakpoint] = [],
    now: @escaping @Sendable () -> Double
  ) {
    self.source = source
    self.plan = plan
    self.breakpoints = breakpoints
    self.now = now
  }

  /// Ends the run before its end, from any thread: what was recorded is whole.
  public func quit() { gate.ask { $0.commands.append(.quit) } }

  /// Trains on the calling thread, tells what is trained, and reports each epoch; gives back the breakpoint that was
  /// hit, which ends the run.
  ///
  /// - Throws: the error of the operator that failed, or what `report` throws.
  public func run(
    began: (RunDescription) -> Void, warn: @escaping (String) -> Void = { _ in },
    report: (EpochResult) throws -> Void
  ) throws -> RunEvent? {
    var hit: RunEvent?
    let (session, loop, begun) = try source.session(
      gate: gate, isPaused: false, pace: nil, limits: HistoryLimits(byteBudget: 0), plan: plan,
      isHeadless: true, now: now,
      post: { update in
        update.warnings.forEach(warn)
        hit = hit ?? update.events.first { $0.kind == .breakpoint }
      })
    if !breakpoints.isEmpty { gate.ask { $0.commands.append(.breakpoints(breakpoints)) } }
    if let description = begun.description { began(description) }
    do {
      try session.drive(loop) { result in
        var update = RunUpdate()
        update.epochs = [result]
        session.post(update)
        try report(result)
      }
    } catch is Session.RunEnded {
      session.tellWarnings()
      return hit
    }
  }
}
