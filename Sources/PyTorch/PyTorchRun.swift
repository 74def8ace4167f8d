import Dispatch
import Foundation
import Localization
import Synchronization
import Trace

/// A PyTorch script as a run for the screen: a child process, whose probe reports what happens in it.
///
/// Threads read what the script and its probe say, and hand it to the session. Owner of the session: its mutex. It is held
/// while what the session asks for is done, which may read a file or open a recording, but not while a thread waits for
/// the script.
package final class PyTorchRun: ScriptConnection {
  private struct Pending {
    var update = RunUpdate()
    var graph = ComputationGraph()
  }

  struct State {
    var session: ScriptSession
    var connection: Connection?
    var child: ChildProcess?
    var exitCode: Int32?
    var recorder: (any RunRecorder)?
    var status: RecordingStatus?
    /// Who waits for an answer.
    var answers: [Int: @Sendable (CellsMessage?) -> Void] = [:]
    /// What the script last said of its devices, and whether it is asked to say that again.
    var devices: [DeviceMemory] = []
    var isAskedForDevices = false
    /// The process that the script says it is, where another program has started it.
    var joinedProcess: Int32?
  }

  let source: Source
  private let recording: ScriptRecording
  private let onNews: @Sendable (RankNews) -> Void
  private let onUpdate: @Sendable () -> Void
  let state: Mutex<State>
  /// What the screen has not taken yet. Owner: its mutex, held only to add to it or to take it.
  private let pending = Mutex(Pending())
  /// The language of what the session says, which threads do not inherit.
  let language = Language.current
  /// The word of the marks in the script's output; nil where it does not come here.
  let outputMark: String?
  let clock = ContinuousClock()
  let begun: ContinuousClock.Instant
  let ended = DispatchGroup()
  let readers = DispatchGroup()

  /// A script that has not been started.
  package convenience init(
    _ settings: ScriptSettings, _ launch: Launch, recording: ScriptRecording = ScriptRecording(),
    onNews: @escaping @Sendable (RankNews) -> Void = { _ in }, onUpdate: @escaping @Sendable () -> Void
  ) {
    self.init(settings, .program(launch), recording, onNews, onUpdate)
  }

  /// A script that is to be started, or that has joined.
  init(
    _ settings: ScriptSettings, _ source: Source, _ recording: ScriptRecording,
    _ onNews: @escaping @Sendable (RankNews) -> Void, _ onUpdate: @escaping @Sendable () -> Void
  ) {
    var session = ScriptSession(settings) { path in
      // The path comes from the script: reading what is not a regular file might never end.
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      guard attributes?[.type] as? FileAttributeType == .typeRegular,
        let size = attributes?[.size] as? Int, size < 8 << 20,
        let data = FileManager.default.contents(atPath: path)
      else { return nil }
      return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    }
    session.recording.wholeStepBytes = recording.wholeStepBytes
    if recording.recorder != nil { session.recording.origin = recording.origin }
    state = Mutex(State(session: session, recorder: recording.recorder))
    begun = clock.now
    if case .program(let launch) = source, launch.streams != .own {
      outputMark = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    } else {
      outputMark = nil
    }
    self.source = source
    self.recording = recording
    self.onNews = onNews
    self.onUpdate = onUpdate
  }

  /// What the script can be asked for.
  package var capabilities: RunCapabilities { ScriptSession.capabilities }

  /// Starts the script.
  package func start(isPaused: Bool, pace: Double?) {
    state.withLock { state in
      state.session.settings.isPaused = isPaused
      state.session.settings.pace = pace
      state.session.settings.outputMark = outputMark
      perform(state.session.begin(), &state)
    }
    switch source {
    case .program(let launch):
      do { try spawn(launch) } catch {
        var update = RunUpdate()
        update.status = .failed("\(error)")
        post(update)
      }
    case .joined(let connection, let reader):
      state.withLock { $0.connection = connection }
      inThread(ended) { $0.follow(connection, reader) }
    }
  }

  /// Gives the script a command.
  package func send(_ command: Command) { update { $0.take(command) } }

  /// Asks for the moment to show next.
  package func requestMoment() { update { $0.wantsMoment() } }

  /// Lets the script run without the probe.
  func leaveAlone() { update { $0.leaveAlone() } }

  /// Records what the launcher has written that started the script; after its last lines `isLast` is set.
  func record(launcherOutput lines: [OutputLine], isLast: Bool) {
    update { $0.launcherWrote(lines, isLast: isLast) }
  }

  /// Whether a step has been seen.
  var hasTrained: Bool { state.withLock { $0.session.timeline.currentStep > 0 } }

  /// Whether the script has reported an error that ends it.
  var hasReportedError: Bool { state.withLock { $0.session.ending.sentence != nil } }

  /// Asks for the hashes of all parameters after a step.
  func askForHashes(ofStep step: Int) { update { $0.wantsHashes(ofStep: step) } }

  /// The numbers of cells, and the calls of nodes, of a step that is kept; nil where they cannot be had. It waits for them.
  package func cells(
    _ cells: [WantedCells], calls: [Int] = [], step: Int, visit: Int? = nil
  ) -> CellsMessage? {
    let answer = Mutex<CellsMessage?>(nil)
    let arrival = DispatchSemaphore(value: 0)
    let isAsked = state.withLock { state in
      guard let question = state.session.ask(cells, calls: calls, step: step, visit: visit) else {
        return false
      }
      state.answers[question.id] = { message in
        answer.withLock { $0 = message }
        arrival.signal()
      }
      perform(question.effects, &state)
      return true
    }
    guard isAsked else { return nil }
    arrival.wait()
    return answer.withLock { $0 }
  }

  /// The last visit of backward in a step that is kept; nil where there was none.
  package func lastBackward(in step: Int) -> Int? {
    state.withLock { state in
      state.session.timeline.kept.last { $0.step == step }?.visits.lastIndex { $0.phase == .backward }
    }
  }

  /// What has happened since the last call.
  package func takeUpdate() -> RunUpdate {
    pending.withLock { pending in
      var update = pending.update
      pending.update = RunUpdate()
      update.complete(with: &pending.graph)
      return update
    }
  }

  /// Waits until the process has ended; false if it takes longer than `seconds`.
  package func waitForEnd(seconds: Double) -> Bool { ended.wait(timeout: .now() + seconds) == .success }

  /// Waits until the process has ended, and returns its exit code.
  package func waitForExitCode() -> Int32 {
    ended.wait()
    return exitCode ?? 1
  }

  /// The exit code of a process that has ended.
  package var exitCode: Int32? { state.withLock(\.exitCode) }

  /// Waits a moment for what the script wrote last; a process that it left behind may hold its output open.
  package func waitForOutput(seconds: Double) { _ = readers.wait(timeout: .now() + seconds) }

  /// The process; nil before it runs.
  package var process: pid_t? { state.withLock { $0.child?.id } }

  /// The script's process with what it last said of its devices; asks it to say that again.
  package func watchedProcess() -> WatchedProcess? {
    state.withLock { state in
      guard state.exitCode == nil, let id = state.child?.id ?? state.joinedProcess else { return nil }
      let canAnswer =
        state.session.probe.isConnected && state.session.identity.hasTorch && !state.isAskedForDevices
      if canAnswer, let frame = HostCommand.plain("memory").frame {
        state.isAskedForDevices = true
        state.connection?.send(frame)
      }
      return WatchedProcess(id: id, devices: state.devices)
    }
  }

  /// Whether the probe takes commands: it does until it gives up after an error of its own.
  package var isProbeThere: Bool { state.withLock(\.session.probe.isConnected) }

  /// Sends the script SIGINT: it gets KeyboardInterrupt.
  package func interrupt() { send(signal: SIGINT) }

  /// Sends the process a signal.
  package func send(signal: Int32) {
    state.withLock { $0.exitCode == nil ? $0.child?.send(signal: signal) : nil }
  }

  // MARK: The session

  func update(_ body: (inout ScriptSession) -> [SessionEffect]) {
    state.withLock { state in perform(body(&state.session), &state) }
  }

  /// Does what the session asks for, in its order.
  func perform(_ effects: [SessionEffect], _ state: inout State) {
    for effect in effects {
      switch effect {
      case .send(let command): if let frame = command.frame { state.connection?.send(frame) }
      case .post(let update): post(update)
      case .record(let records):
        state.recorder?.record(records)
        postRecordingStatus(&state)
      case .tell(let news): onNews(news)
      case .answer(let id, let message): state.answers.removeValue(forKey: id)?(message)
      case .disconnect: state.connection?.disconnectWhenSent()
      case .openRecording(let path): openRecording(path, &state)
      }
    }
  }

  private func postRecordingStatus(_ state: inout State) {
    guard let status = recording.status(), status != state.status else { return }
    state.status = status
    var update = RunUpdate()
    update.recording = status
    post(update)
  }

  private func openRecording(_ path: String, _ state: inout State) {
    var update = RunUpdate()
    do {
      guard state.recorder == nil else { throw RecordingRefusal.recordsAlready }
      guard let open = recording.open else { return }
      state.recorder = try open(path)
      state.session.recording.origin = recording.origin
      update.recording = recording.status()
    } catch {
      update.warnings = ["\(error)"]
    }
    post(update)
  }

  func post(_ update: RunUpdate) {
    pending.withLock { $0.update.append(update) }
    onUpdate()
  }
}
