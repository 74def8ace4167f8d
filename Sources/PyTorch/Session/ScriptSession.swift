import Localization
import Trace

/// The state of a script that runs under the probe. It takes messages, output and commands, and returns what is to be
/// done.
///
/// A value without threads, files or a clock, so that each of its answers can be tested.
package struct ScriptSession: Sendable {
  /// What the script is doing.
  enum Stage: Sendable, Equatable {
    /// Python starts.
    case starting
    /// The script runs, and has not imported torch yet.
    case importing
    /// torch has been imported, and no step has been seen.
    case waiting
    case running
    case paused
    /// The script has ended or failed, and its process waits so that its last state can be shown.
    case held
    /// The process has ended.
    case ended
  }

  var settings: ScriptSettings
  var stage = Stage.starting
  var identity: ScriptIdentity
  /// The step that was seen last.
  var seen = SeenStep()
  var timeline = ScriptTimeline()
  /// What is shown.
  var shown = ShownMoment()
  /// What the probe was asked.
  var probe = ProbeQuestions()
  var epochs = EpochJoining()
  var diagnosis: ScriptDiagnosis
  /// The hit of the finding that is to stop the script; nil once it has stopped.
  var findingHit: BreakpointHit?
  var ending = ScriptEnd()
  var recording = SessionRecording()
  /// What is plotted of the steps that the probe tells of.
  var plots = ScriptPlots()
  /// How well the script predicts, as far as that is shown.
  var figures = ScriptFigures()
  var sources: ScriptSources
  var effects: [SessionEffect] = []

  /// A session before the script begins.
  package init(
    _ settings: ScriptSettings, readLines: @escaping @Sendable (String) -> [String]? = { _ in nil }
  ) {
    self.settings = settings
    sources = ScriptSources(readLines)
    diagnosis = ScriptDiagnosis(settings.diagnosis)
    identity = ScriptIdentity(settings)
  }

  /// What a script cannot do.
  package static var capabilities: RunCapabilities {
    let check = localized(
      """
      A script's step cannot be run again from here; in the script, torch.autograd.gradcheck(function, inputs) compares \
      a function's derivatives with finite differences.
      """)
    return RunCapabilities(missing: [
      .addEpochs: localized(
        "The script sets the number of epochs: change it there, and start the script again."),
      .checkGradient: check,
      .checkGraph: check,
      .overfit: localized(
        """
        A script's model cannot be copied from here; in the script, take batch = next(iter(loader)) before the loop and \
        train on it alone: the loss should fall below 1 % of its first value within 200 steps.
        """),
      .findLearningRate: localized(
        """
        A script's model cannot be copied from here; in the script, begin with lr=1e-7 and call the step of \
        torch.optim.lr_scheduler.ExponentialLR(optimizer, 1.2) after each batch: the curves show where the loss falls.
        """),
      .searchBack: localized(
        "A script cannot be run backwards: the keys p , < go back only within the steps just watched."),
      .findCause: localized(
        "A script cannot be run back to a cause: start it again with --break nan, which stops where NaN appears."
      ),
    ])
  }

  /// The first update for the screen.
  package mutating func begin() -> [SessionEffect] {
    answering { session in
      var update = RunUpdate()
      update.status = .preparing
      update.description = session.identity.description
      update.capabilities = ScriptSession.capabilities
      session.post(update)
    }
  }

  /// Takes a message of the probe.
  ///
  /// - Throws: ``ProbeError`` where the message is invalid; the connection cannot be used any more.
  package mutating func take(_ message: ProbeMessage) throws(ProbeError) -> [SessionEffect] {
    effects = []
    switch message {
    case .hello(let hello): try take(hello)
    case .torch(let version): take(torch: version)
    case .status(let word): if word == "running" { wentOn() }
    case .ended(let code): ending.exitCode = code.map { Int32(truncatingIfNeeded: $0) }
    case .memory, .other: break
    case .refused(let refusal): take(refusal)
    case .trouble(let text):
      warn(
        localized(
          "The probe has stepped aside after an error of its own, and the script goes on alone: \(text.withVisibleControls)"
        ))
    case .model(let model): take(model)
    case .scalars(let scalars): take(scalars)
    case .evaluation(let evaluation): publish(epochs.take(evaluation))
    case .epoch(let epoch): publish(epochs.take(epoch))
    case .figures(let message): take(message)
    case .graph(let graph): try seen.take(graph)
    case .visits(let message): try seen.take(message)
    case .moment(let moment): take(moment)
    case .tensor(let tensor): take(tensor)
    case .kept(let kept): recording.take(kept)
    case .recorded(let message): record(recording.take(message))
    case .state(let state): recording.take(state)
    case .stateEnded(let message): end(message)
    case .cells(let cells): take(cells)
    case .event(let event): take(event)
    case .runFacts(let facts): take(facts)
    case .stepFacts(let facts): try take(facts)
    case .evaluationFacts(let facts): take(facts)
    case .exception(let exception): take(exception)
    case .hashes(let step, let hashes):
      effects.append(.tell(.hashes(step: step, hashes, names: identity.description.parameterNames)))
    }
    defer { effects = [] }
    return effects
  }

  /// The connection is closed, or cannot be used any more.
  package mutating func lost(_ error: ProbeError?) -> [SessionEffect] {
    answering { session in
      guard session.probe.isConnected || error != nil else { return }
      if let error {
        // This is not an error of the script: it continues.
        session.say(.quit(.continue))
        session.warn("\(error)")
        session.effects.append(.disconnect)
      }
      session.probe.isConnected = false
      session.dropQuestions()
      session.publishPending(because: nil)
    }
  }

  /// The process has ended.
  package mutating func exited(code: Int32) -> [SessionEffect] {
    answering { session in
      session.publish(session.epochs.flush())
      session.tellFindingHit(at: session.timeline.headPosition)
      session.record(session.recording.end(isComplete: code == 0, at: session.timeline.position))
      let (wasHeld, hadTorch) = (session.stage == .held, session.stage != .importing)
      session.stage = .ended
      session.probe.isConnected = false
      session.dropQuestions()
      session.publishPending(because: nil)
      guard !wasHeld else { return }
      var update = RunUpdate()
      if !hadTorch {
        session.identity.endWithoutTorch()
        update.description = session.identity.description
      }
      if code == 0 {
        update.status = .finished
      } else {
        update.status = .halted(
          session.ending.sentence ?? localized("The script has ended with exit code \(code)."))
      }
      session.post(update)
    }
  }

  /// The script has written something.
  package mutating func wrote(_ lines: [OutputLine]) -> [SessionEffect] {
    answering { session in
      guard !lines.isEmpty else { return }
      var update = RunUpdate()
      for line in lines { update.output.add(line) }
      session.post(update)
      session.record(session.recording.take(lines))
    }
  }

  /// The launcher that started the script has written something: the script's recording gets it.
  package mutating func launcherWrote(_ lines: [OutputLine], isLast: Bool) -> [SessionEffect] {
    answering { session in
      let step = session.timeline.currentStep
      let lines = lines.map { line in
        var line = line
        line.step = step
        return line
      }
      session.record(session.recording.take(lines))
      if isLast { session.record(session.recording.closeLines()) }
    }
  }

  // MARK: Answering

  mutating func answering(_ body: (inout ScriptSession) -> Void) -> [SessionEffect] {
    effects = []
    body(&self)
    defer { effects = [] }
    return effects
  }

  mutating func post(_ update: RunUpdate) { effects.append(.post(update)) }

  mutating func record(_ records: [RunRecord]) {
    if recording.isOn, !records.isEmpty { effects.append(.record(records)) }
  }

  mutating func say(_ command: HostCommand) {
    if probe.isConnected { effects.append(.send(command)) }
  }

  mutating func warn(_ sentence: String) {
    var update = RunUpdate()
    update.warnings = [sentence]
    post(update)
    add(RunEvent(.warning, at: timeline.position, sentence))
  }

  mutating func add(_ event: RunEvent) {
    var update = RunUpdate()
    update.events = [event]
    post(update)
    record([.event(event)])
  }

  mutating func publish(_ results: [EpochResult]) {
    guard !results.isEmpty else { return }
    var update = RunUpdate()
    update.epochs = results
    post(update)
    record(results.map { .epoch($0) })
    found(diagnosis.take(results))
  }
}
