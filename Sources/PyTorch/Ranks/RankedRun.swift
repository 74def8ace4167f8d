import Dispatch
import Foundation
import Localization
import Synchronization
import Trace

/// A script that trains in several processes, as a run for the screen: one rank is shown, and the others follow it.
///
/// Either the ranks are started here, or the user's launcher starts them and they join by a socket. Owner of the
/// state: its mutex, which is not held while a rank is asked for something.
package final class RankedRun: ScriptConnection {
  /// **Units**: seconds. How long ranks may take to end by themselves when another has, as under torchrun.
  static let grace = 30.0
  /// **Units**: seconds. The same after control-C, which every rank gets.
  static let interruptGrace = 5.0
  /// **Units**: seconds. How long a rank that is shown may take to its next node before the others are let go.
  static let nodePatience = 0.3

  struct State {
    var board: RankBoard
    var runs: [Int: PyTorchRun] = [:]
    /// The rank of a process that does not know it: it may be a launcher itself.
    var unsure: Int?
    var settings: ScriptSettings
    var news: [(rank: Int, news: RankNews)] = []
    var pending = RunUpdate()
    var ended: Set<Int> = []
    var failure: (rank: Int, code: Int32)?
    /// The ranks to be let through, where they still have to be.
    var letThrough: [Int] = []
    /// The rank whose recording gets what the launcher writes: this machine's first.
    var outputRank: Int?
    /// What the launcher has written before that rank has joined.
    var unrecorded: [OutputLine] = []
    var isQuitting = false
    var hasPostedEnd = false
  }

  let page: RankPage?
  let launcher: Launcher?
  let recording: @Sendable (Int) throws -> ScriptRecording
  let onUpdate: @Sendable () -> Void
  let state: Mutex<State>

  /// Several processes of a script that have not been started.
  ///
  /// - Parameters:
  ///   - settings: what each is run with.
  ///   - launch: how each is started, apart from its rank.
  ///   - count: how many there are.
  ///   - recording: where a rank is recorded to.
  ///   - onUpdate: called when there is something to take.
  /// - Throws: ``ProbeError`` where there is no port for the rendezvous, or no folder for what the ranks share.
  package convenience init(
    _ settings: ScriptSettings, _ launch: PyTorchRun.Launch, count: Int,
    recording: @escaping @Sendable (Int) throws -> ScriptRecording, onUpdate: @escaping @Sendable () -> Void
  ) throws {
    guard let port = RankEnvironment.freePort() else {
      throw ProbeError.cannotStart(program: "socket", reason: ChildProcess.reason(errno))
    }
    try self.init(settings, ranks: Array(0..<count), nil, recording, onUpdate)
    for rank in 0..<count {
      var launch = launch
      launch.environment = RankEnvironment.variables(
        rank: rank, of: count, port: port, launch.environment)
      let run = try makeRun(.program(launch), rank, of: count)
      state.withLock { $0.runs[rank] = run }
    }
  }

  /// The scripts that a launcher will start.
  ///
  /// - Parameters:
  ///   - settings: what each is run with.
  ///   - launcher: the launcher.
  ///   - recording: where a rank is recorded to.
  ///   - onUpdate: called when there is something to take.
  /// - Throws: ``ProbeError`` where there is no folder for what the ranks share.
  package convenience init(
    _ settings: ScriptSettings, _ launcher: Launcher.Command,
    recording: @escaping @Sendable (Int) throws -> ScriptRecording, onUpdate: @escaping @Sendable () -> Void
  ) throws {
    // A file that cannot be written is reported before anything starts.
    let first = try recording(0)
    try self.init(
      settings, ranks: [], try Launcher(launcher, onUpdate: onUpdate),
      { $0 == 0 ? first : try recording($0) }, onUpdate)
  }

  private init(
    _ settings: ScriptSettings, ranks: [Int], _ launcher: Launcher?,
    _ recording: @escaping @Sendable (Int) throws -> ScriptRecording,
    _ onUpdate: @escaping @Sendable () -> Void
  ) throws {
    // Without a screen the ranks are never paused.
    page = settings.holdsAtEnd ? try RankPage(in: PrivateFolder()) : nil
    self.launcher = launcher
    self.recording = recording
    self.onUpdate = onUpdate
    state = Mutex(State(board: RankBoard(ranks, isPaused: settings.isPaused), settings: settings))
  }

  package var capabilities: RunCapabilities { ScriptSession.capabilities.with(.chooseRank) }

  package func start(isPaused: Bool, pace: Double?) {
    state.withLock { ($0.settings.isPaused, $0.settings.pace) = (isPaused, pace) }
    perform { $0.begin() }
    guard let launcher else {
      for run in runs.values { run.start(isPaused: isPaused, pace: pace) }
      return
    }
    var update = RunUpdate()
    update.status = .preparing
    update.description = launcher.description
    update.capabilities = capabilities
    do { try launcher.start { self.join($0, $1, $2) } } catch { update.status = .failed("\(error)") }
    state.withLock { $0.pending.append(update) }
    onUpdate()
  }

  package func send(_ command: Command) {
    state.withLock { state in
      switch command {
      case .quit: state.isQuitting = true
      case .breakpoints(let breakpoints): state.settings.breakpoints = breakpoints
      case .pace(let pace): state.settings.pace = pace
      default: break
      }
    }
    perform { $0.take(command) }
    onUpdate()
  }

  package func requestMoment() {
    let (runs, shown) = state.withLock { ($0.runs, $0.board.shown) }
    runs[shown]?.requestMoment()
  }

  package func takeUpdate() -> RunUpdate {
    for (rank, run) in runs.sorted(by: { $0.key < $1.key }) {
      var update = run.takeUpdate()
      update.capabilities = update.capabilities.map { $0.with(.chooseRank) }
      if !update.isEmpty { perform { $0.take(update, from: rank) } }
    }
    let news = state.withLock { state in
      defer { state.news = [] }
      return state.news
    }
    for (rank, news) in news { perform { $0.take(news, from: rank) } }
    let waiting = state.withLock { state in
      defer { state.letThrough = [] }
      return state.letThrough
    }
    for rank in waiting { perform { $0.letThrough(rank) } }
    // Once it has ended, nothing more is written.
    let isLauncherDone = launcher.map { $0.exitCode != nil } ?? false
    takeLauncherOutput(isLast: isLauncherDone)
    noteEnds(isLauncherDone: isLauncherDone)
    return state.withLock { state in
      defer { state.pending = RunUpdate() }
      return state.pending
    }
  }

  package func waitForEnd(seconds: Double) -> Bool {
    if let launcher { return launcher.waitForEnd(seconds: seconds) }
    let end = DispatchTime.now() + seconds
    return runs.values.allSatisfy { run in
      let now = DispatchTime.now()
      let left = now < end ? Double(end.uptimeNanoseconds - now.uptimeNanoseconds) / 1e9 : 0
      return run.waitForEnd(seconds: left)
    }
  }

  package func waitForOutput(seconds: Double) {
    for run in runs.values { run.waitForOutput(seconds: seconds) }
    launcher?.waitForOutput(seconds: seconds)
    takeLauncherOutput(isLast: launcher?.exitCode != nil)
  }

  private func takeLauncherOutput(isLast: Bool) {
    guard let launcher else { return }
    let output = launcher.takeOutput()
    state.withLock { for line in output { $0.pending.output.add(line) } }
    record(output, isLast: isLast)
  }

  /// The exit code of the launcher, or of the rank that failed first; nil while one of them runs.
  package var exitCode: Int32? {
    if let launcher { return launcher.exitCode }
    let codes = runs.values.map(\.exitCode)
    guard !codes.contains(nil) else { return nil }
    return state.withLock(\.failure)?.code ?? codes.compactMap(\.self).first { $0 != 0 } ?? 0
  }

  package var process: Int32? {
    launcher.map { $0.process } ?? runs.values.first { $0.exitCode == nil }?.process
  }

  /// The process of the rank that is shown.
  package func watchedProcess() -> WatchedProcess? {
    let (runs, shown) = state.withLock { ($0.runs, $0.board.shown) }
    return runs[shown]?.watchedProcess()
  }

  package var isProbeThere: Bool { launcher != nil || runs.values.contains { $0.isProbeThere } }

  package func interrupt() { send(signal: SIGINT) }

  package func send(signal: Int32) {
    if let launcher { return launcher.send(signal: signal) }
    for run in runs.values { run.send(signal: signal) }
  }
}
