import Dispatch
import Localization
import Synchronization
import SystemCalls
import Trace

/// How the ranks start, are kept in step, and end.
extension RankedRun {
  var runs: [Int: PyTorchRun] { state.withLock(\.runs) }

  func makeRun(_ source: PyTorchRun.Source, _ rank: Int, of count: Int?) throws -> PyTorchRun {
    var settings = state.withLock(\.settings)
    settings.rank = count.map { RunDescription.Rank(rank, of: $0) }
    // All ranks run the same script: one report of what is wrong with it is enough.
    if rank != 0 { settings.diagnosis = nil }
    settings.gate = page.map { ($0.path, rank) }
    let (state, onUpdate) = (WeakState(self), onUpdate)
    return PyTorchRun(settings, source, try recording(rank)) { news in
      state.add(news, rank)
      onUpdate()
    } _: {
      onUpdate()
    }
  }

  /// A script that the launcher has started has joined.
  func join(_ hello: ProbeMessage.Hello, _ connection: Connection, _ reader: FrameReader) {
    let known = hello.rank ?? hello.localRank
    let rank = known ?? 0
    let (before, unsure) = state.withLock { ($0.runs[rank], $0.unsure) }
    // Where there is one of this rank already, this is a program that it has started: it runs alone.
    let takesPlace = before == nil || known != nil && unsure == rank
    guard (0..<RankPage.mostSlots).contains(rank), takesPlace,
      let run = try? makeRun(.joined(connection, reader), rank, of: hello.worldSize)
    else { return }
    before?.leaveAlone()
    let settings = state.withLock { state in
      state.runs[rank] = run
      state.unsure = known == nil ? rank : state.unsure == rank ? nil : state.unsure
      if (hello.localRank ?? 0) == 0 { state.outputRank = rank }
      state.board.add(rank)
      return state.settings
    }
    perform { $0.begin() }
    run.start(isPaused: settings.isPaused, pace: settings.pace)
  }

  fileprivate func add(_ news: RankNews, _ rank: Int) { state.withLock { $0.news.append((rank, news)) } }

  /// Does what the board asks for.
  func perform(_ body: (inout RankBoard) -> [RankBoard.Effect]) {
    let (effects, runs) = state.withLock { (body(&$0.board), $0.runs) }
    for effect in effects {
      switch effect {
      case .send(let command, let rank): runs[rank]?.send(command)
      case .open: page?.open()
      case .holdAll: page?.holdAll()
      case .lead(let rank): page?.lead(rank)
      case .ask(let step, let rank): runs[rank]?.askForHashes(ofStep: step)
      case .letThroughSoon(let rank):
        DispatchQueue.global().asyncAfter(deadline: .now() + RankedRun.nodePatience) { [weak self] in
          self?.state.withLock { $0.letThrough.append(rank) }
          self?.onUpdate()
        }
      case .post(let update): state.withLock { $0.pending.append(update) }
      }
    }
  }

  /// Records what the launcher has written once one of its scripts trains: until then, what has joined may be the
  /// launcher itself.
  func record(_ output: [OutputLine], isLast: Bool) {
    let (run, lines) = state.withLock { state -> (PyTorchRun?, [OutputLine]) in
      for line in output { state.unrecorded.add(line) }
      state.unrecorded.removeFirst(max(0, state.unrecorded.count - RunUpdate.mostOutput))
      guard let rank = state.outputRank, let run = state.runs[rank],
        isLast || state.unsure != rank || run.hasTrained
      else { return (nil, []) }
      defer { state.unrecorded = [] }
      return (run, state.unrecorded)
    }
    if isLast || !lines.isEmpty { run?.record(launcherOutput: lines, isLast: isLast) }
  }

  /// One rank's failure ends the others; when all have ended, the run has.
  func noteEnds(isLauncherDone: Bool) {
    guard launcher == nil else {
      if isLauncherDone { postEnd() }
      return
    }
    let runs = runs
    let new = runs.sorted { $0.key < $1.key }.compactMap { rank, run in
      run.exitCode.flatMap { code in
        state.withLock { $0.ended.insert(rank).inserted } ? (rank: rank, code: code, run: run) : nil
      }
    }
    let failed = new.filter { $0.code != 0 }
    // A rank that reports an error may have it because another rank has died.
    if let first = failed.first(where: { !$0.run.hasReportedError }) ?? failed.first,
      state.withLock({ state in
        guard state.failure == nil else { return false }
        state.failure = (first.rank, first.code)
        return true
      })
    {
      if !first.run.hasReportedError { perform { $0.died(first.rank) } }
      endOthers(first.code)
    }
    if state.withLock({ $0.ended.count }) == runs.count { postEnd() }
  }

  private func endOthers(_ code: Int32) {
    let isInterrupted = code == 128 + SIGINT || state.withLock(\.isQuitting)
    let queue = DispatchQueue.global()
    if isInterrupted {
      queue.asyncAfter(deadline: .now() + RankedRun.interruptGrace) { [weak self] in
        self?.send(signal: SIGTERM)
      }
    } else {
      send(signal: SIGTERM)
    }
    queue.asyncAfter(deadline: .now() + RankedRun.grace) { [weak self] in self?.send(signal: SIGKILL) }
  }

  private func postEnd() {
    let ending = launcher?.ending
    state.withLock { state in
      guard !state.hasPostedEnd else { return }
      state.hasPostedEnd = true
      var update = RunUpdate()
      update.status = .finished
      if let failure = state.failure {
        update.status = .halted(
          localized("Rank \(failure.rank) has ended with exit code \(failure.code)."))
      } else if let ending {
        update.status = .halted(ending)
      }
      // The report of the rank's own error says more.
      if update.status != .finished, let said = state.board.failure { update.status = .halted(said) }
      if let launcher, state.runs.isEmpty { update.warnings = [launcher.nobodyJoined] }
      state.pending.append(update)
    }
  }
}

/// The run, for those that it owns.
private final class WeakState: Sendable {
  private let run: Mutex<Weak>

  private struct Weak: Sendable { weak var run: RankedRun? }

  init(_ run: RankedRun) { self.run = Mutex(Weak(run: run)) }

  func add(_ news: RankNews, _ rank: Int) { run.withLock(\.run)?.add(news, rank) }
}
