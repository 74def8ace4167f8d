import Localization
import Trace

/// What is known of a script that runs under the probe: messages, output and commands go in, and what is to be done
/// comes out.
///
/// A value without threads, files or a clock, so that each of its answers can be tested.
package struct ScriptSession: Sendable {
  /// What the script is doing.
  enum Stage: Sendable, Equatable {
    /// Python starts.
    case starting
    /// The script runs, and has not imported torch yet.
    case importing
    /// torch is there, and no step has been seen.
    case waiting
    case running
    case paused
    /// The script has come to its end or failed, and the process waits to be looked at.
    case held
    /// The process has ended.
    case ended
  }

  /// What a moment waits for before it is shown.
  enum Awaited: Sendable, Equatable {
    case focus
    case tensor(Int)
    case cells(Int)
  }

  /// A moment that waits for the numbers of the tensor in it.
  struct Pending: Sendable {
    var moment: Moment
    var status: RunUpdate.Status?
    var awaited: Awaited
    /// What the shown node is explained from.
    var question: ExplanationQuestion?
    /// What the explanation asked for last.
    var asked = Asked()
    /// How often it has asked.
    var rounds = 0
  }

  /// A place in what is kept.
  struct Place: Sendable, Equatable {
    var step: Int
    var visit: Int
  }

  var settings: ScriptSettings
  var stage = Stage.starting
  var description: RunDescription
  var model: ModelMessage?
  /// PyTorch and its version; empty before the script has imported it.
  var torch = ""
  /// The nodes and visits of the step that was seen last.
  var nodes: [ComputationGraph.Node] = []
  var visits: (step: Int, list: [WatchedStep.Visit], norms: [WatchedStep.Norm]) = (0, [], [])
  /// The watched steps that one can go back to, the oldest first, as many as the probe keeps.
  var kept: [WatchedStep] = []
  /// The moment that is shown where it is not the newest.
  var cursor: Place?
  /// As far as the script has run.
  var head = Place(step: 1, visit: 0)
  var headPosition = Position.start
  /// The newest moment without a tensor.
  var newest: Moment?
  var pending: Pending?
  var focus = Focus()
  /// What the probe was told to send with each moment.
  var probeFocus: Focus?
  /// Whether a moment was asked for and has not come.
  var isMomentAsked = false
  var lastID = 0
  /// The last step that ended.
  var step = 0
  var epochs = EpochJoining()
  var diagnosis: ScriptDiagnosis
  var failure: ExceptionMessage?
  /// The exit code as far as the probe knows it; nil before the end.
  var exitCode: Int32?
  var recording = SessionRecording()
  /// What is plotted of the steps that the probe tells of.
  var plots = ScriptPlots()
  /// How well the script predicts, as far as that is shown.
  var figures = ScriptFigures()
  /// The graph that the screen has.
  var shownGraph: ComputationGraph?
  /// Reads the lines of a file of the user's; nil where it cannot be read.
  let readLines: @Sendable (String) -> [String]?
  var sources: [String: [String]] = [:]
  /// Whether the probe speaks to us.
  package internal(set) var isConnected = false
  var effects: [SessionEffect] = []
  /// The calls of a step's nodes that are known.
  var calls: (step: Int, known: [Int: OperatorCall?]) = (0, [:])
  /// The tensor that was shown last, with the moment it belongs to.
  var shownTensor: ShownTensor?
  /// The cell that was explained last.
  var shownCell: FollowedCell?
  /// The questions that are asked beside what is shown.
  var questions: Set<Int> = []

  /// A session before the script begins.
  package init(
    _ settings: ScriptSettings, readLines: @escaping @Sendable (String) -> [String]? = { _ in nil }
  ) {
    self.settings = settings
    self.readLines = readLines
    diagnosis = ScriptDiagnosis(settings.diagnosis)
    description = RunDescription(
      data: settings.name, network: localized("starting Python…"), optimizer: "", batchSize: 0, seed: 0,
      epochs: 0,
      stepsPerEpoch: 0)
    description.rank = settings.rank
  }

  /// What a script cannot do.
  package static var capabilities: RunCapabilities {
    RunCapabilities(missing: [
      .checkGradient: localized("A script's gradient cannot be checked: its step cannot be run again."),
      .overfit: localized(
        """
        A script's model cannot be copied from here. In the script, take `batch = next(iter(loader))` before the loop, and \
        train on that batch alone: its loss should come below 1 % within 200 steps.
        """),
      .findLearningRate: localized(
        """
        A script's model cannot be copied from here. In the script, begin with `lr=1e-7` and call the step of \
        `torch.optim.lr_scheduler.ExponentialLR(optimizer, 1.2)` after each batch: the curves show where the loss falls.
        """),
      .checkGraph: localized(
        """
        A script's graph cannot be run again from here. In the script, `torch.autograd.gradcheck(function, inputs)` \
        compares the derivatives of your own functions with finite differences, in double precision.
        """),
      .searchBack: localized(
        "A script cannot be run backwards; only the steps just watched can be looked at again."),
      .findCause: localized(
        "A cause cannot be searched for in a script; :break nan stops where NaN first appears."),
    ])
  }

  /// What the screen is to know first.
  package mutating func begin() -> [SessionEffect] {
    answering { session in
      var update = RunUpdate()
      update.status = .preparing
      update.description = session.description
      update.capabilities = ScriptSession.capabilities
      session.post(update)
    }
  }

  /// Takes what the probe says.
  ///
  /// - Throws: ``ProbeError`` where that cannot be; the connection is of no use then.
  package mutating func take(_ message: ProbeMessage) throws(ProbeError) -> [SessionEffect] {
    effects = []
    switch message {
    case .hello(let hello): try take(hello)
    case .torch(let version): take(torch: version)
    case .status(let word): if word == "running" { wentOn() }
    case .ended(let code): exitCode = code.map { Int32(truncatingIfNeeded: $0) }
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
    case .figures(let message): figures.take(message)
    case .graph(let graph): nodes = try graph.nodes(after: nodes)
    case .visits(let message):
      guard message.from <= visits.list.count else { throw .broken("visits with a gap") }
      visits = (
        message.step, Array(visits.list.prefix(message.from)) + message.visits,
        (message.from == 0 ? [] : visits.norms) + message.norms
      )
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
      effects.append(.tell(.hashes(step: step, hashes, names: description.parameterNames)))
    }
    defer { effects = [] }
    return effects
  }

  /// The connection is closed, or of no use.
  package mutating func lost(_ error: ProbeError?) -> [SessionEffect] {
    answering { session in
      guard session.isConnected || error != nil else { return }
      if let error {
        // The script is not to blame: it goes on.
        session.say(.quit(.continue))
        session.warn("\(error)")
        session.effects.append(.disconnect)
      }
      session.isConnected = false
      session.dropQuestions()
      session.publishPending(because: nil)
    }
  }

  /// The process has ended.
  package mutating func exited(code: Int32) -> [SessionEffect] {
    answering { session in
      session.publish(session.epochs.flush())
      session.record(session.recording.end(isComplete: code == 0, at: session.position))
      let (wasHeld, hadTorch) = (session.stage == .held, session.stage != .importing)
      session.stage = .ended
      session.isConnected = false
      session.dropQuestions()
      session.publishPending(because: nil)
      guard !wasHeld else { return }
      var update = RunUpdate()
      if !hadTorch {
        session.description.network = localized("ended without torch")
        update.description = session.description
      }
      if code == 0 {
        update.status = .finished
      } else {
        update.status = .halted(
          session.failureSentence ?? localized("The script has ended with exit code \(code)."))
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
      let step = session.currentStep
      let lines = lines.map { line in
        var line = line
        line.step = step
        return line
      }
      session.record(session.recording.take(lines))
      if isLast { session.record(session.recording.closeLines()) }
    }
  }

  /// The step in which the script is.
  package var currentStep: Int { max(step, head.step == 1 && newest == nil ? 0 : head.step) }

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
    if isConnected { effects.append(.send(command)) }
  }

  mutating func warn(_ sentence: String) {
    var update = RunUpdate()
    update.warnings = [sentence]
    post(update)
    add(RunEvent(.warning, at: position, sentence))
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

  /// The position that is shown.
  var position: Position {
    guard let cursor, let step = kept.first(where: { $0.step == cursor.step }) else { return headPosition }
    return step.position(of: cursor.visit)
  }

  /// The error that ended the script, with the line it happened in.
  var failureSentence: String? {
    failure.map { failure in
      let place = failure.place.map { " (" + ScriptSession.shortPlace($0) + ")" } ?? ""
      return (failure.sentence + place).withVisibleControls
    }
  }

  /// A line without the folders of its file, `train.py:12`.
  static func shortPlace(_ place: String) -> String {
    place.split(separator: "/").last.map(String.init) ?? place
  }
}
