import Foundation
import PyTorch
import Synchronization
import Testing
import Trace

extension Watched<RankedRun> {
  /// Two ranks of a script of the tests, under a launcher where one is given.
  fileprivate convenience init(
    _ script: String, launcher: String? = nil, isPaused: Bool = false,
    environment extra: [String: String] = [:], recorder: (any RunRecorder)? = nil
  ) throws {
    let scripts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scripts").path
    let interpreter = try Interpreter(chosen: "/usr/bin/python3", environment: [:])
    let environment = Self.environment.merging(extra) { $1 }
    let folder = try ProbeFolder(environment: environment)
    var settings = ScriptSettings(name: script)
    settings.isPaused = isPaused
    // What is recorded without a screen ends by itself.
    settings.holdsAtEnd = recorder == nil
    let chosen = settings
    try self.init(isPaused: isPaused) { onUpdate in
      guard let launcher else {
        let launch = PyTorchRun.Launch(
          interpreter, folder, script: ["\(scripts)/\(script)"], environment: environment)
        return try RankedRun(
          chosen, launch, count: 2, recording: { _ in ScriptRecording() }, onUpdate: onUpdate)
      }
      let command = Launcher.Command(
        [interpreter.program, "\(scripts)/\(launcher)", "\(scripts)/\(script)"], environment: environment,
        folder, streams: .shown, name: script)
      return try RankedRun(
        chosen, command,
        recording: { rank in
          var recording = ScriptRecording()
          if rank == 0 { recording.recorder = recorder }
          return recording
        }, onUpdate: onUpdate)
    }
  }

  /// Runs the next node of the rank that is shown.
  fileprivate func waitForNextNode() throws -> Moment {
    run.send(.nextNode)
    return try waitForPause()
  }
}

/// The lines of output that are recorded.
private final class LineRecorder: RunRecorder {
  let lines = Mutex<[String]>([])

  func record(_ records: [RunRecord]) {
    for case .event(let event) in records where event.kind == .output {
      lines.withLock { $0.append(event.text) }
    }
  }

  func wantsKeyframe(at step: Int, seconds: Double, minimumInterval: Double) -> Bool { false }
}

@Suite(.serialized, .enabled(if: Interpreter.hasTorch("/usr/bin/python3"))) struct RankedRunTests {
  @Test func ranksAreWalkedThroughTogetherAcrossCollectives() throws {
    let ranks = try Watched<RankedRun>("collectives.py", isPaused: true)
    #expect(try ranks.waitForPause().position == .start)
    // One of them runs operators that the other has not, and waits in collectives for it.
    while try ranks.waitForNextNode().position < Position(step: 2, phase: .backward, node: 0) {}
    (ranks.all.moment, ranks.all.status) = (nil, nil)
    ranks.run.send(.rank(1))
    try ranks.wait { $0.ranks?.shown == 1 && $0.moment != nil && $0.status == .paused }
    #expect(try #require(ranks.all.moment).position.step == 2)
    ranks.run.send(.run)
    for rank in [1, 0] {
      ranks.run.send(.rank(rank))
      try ranks.wait { $0.status == .finished && $0.ranks?.shown == rank }
      ranks.all.status = nil
    }
    let table = try #require(ranks.all.ranks)
    #expect(table.difference == nil)
    #expect(table.rows.map(\.step) == [3, 3])
    #expect(Set(table.rows.map(\.hash)).count == 1)
    #expect(Set(table.rows.map(\.loss)).count == 2)
    ranks.run.send(.quit)
    #expect(ranks.run.waitForEnd(seconds: 60))
    #expect(ranks.run.exitCode == 0)
    try ranks.wait { $0.output.filter { $0.stream == .output }.count == 2 }
    let texts = Set(ranks.all.output.filter { $0.stream == .output }.map { $0.text.prefix(5) })
    #expect(texts == ["[0] 0", "[1] 1"])
  }

  @Test func parametersThatDifferAreSaidWhileTheScriptRuns() throws {
    let ranks = try Watched<RankedRun>("ranks.py", environment: ["DIFFER": "1"])
    // The second changes its bias by hand after the second step.
    try ranks.wait { $0.warnings.count == 2 }
    #expect(
      ranks.all.warnings == [
        "The parameters of the ranks differ after step 3.",
        "The first parameter that differs after step 3 is module.bias.",
      ])
    #expect(ranks.all.ranks?.difference == RankTable.Difference(step: 3, parameter: "module.bias"))
    ranks.run.send(.quit)
    #expect(ranks.run.waitForEnd(seconds: 60))
  }

  @Test func oneRankThatIsKilledEndsTheOther() throws {
    let ranks = try Watched<RankedRun>("ranks.py", environment: ["DIE": "1"])
    // The other may report first that its connection was closed.
    try ranks.wait { $0.status == .halted("rank 1: The script has ended with exit code 7.") }
    #expect(ranks.run.waitForEnd(seconds: 60))
    try ranks.wait { _ in ranks.run.exitCode != nil }
    #expect(ranks.run.exitCode == 7)
    #expect(ranks.all.status == .halted("rank 1: The script has ended with exit code 7."))
  }

  @Test func theScriptsOfALauncherJoin() throws {
    let ranks = try Watched<RankedRun>("ranks.py", launcher: "launcher.py", isPaused: true)
    let moment = try ranks.waitForPause()
    #expect(moment.position == .start)
    #expect(ranks.all.ranks?.rows.map(\.rank) == [0, 1])
    ranks.run.send(.run)
    try ranks.wait { $0.ranks?.rows.map(\.step) == [3, 3] }
    try ranks.wait { $0.output.contains { $0.text.hasPrefix("[[") } }
    ranks.run.send(.quit)
    #expect(ranks.run.waitForEnd(seconds: 60))
  }

  @Test func whatALauncherWritesIsRecorded() throws {
    let recorder = LineRecorder()
    let ranks = try Watched<RankedRun>("ranks.py", launcher: "launcher.py", recorder: recorder)
    #expect(ranks.run.waitForEnd(seconds: 60))
    ranks.run.waitForOutput(seconds: 20)
    ranks.all.append(ranks.run.takeUpdate())
    let lines = recorder.lines.withLock(\.self)
    #expect(lines.first == "two scripts begin")
    #expect(lines.last == "all have ended")
    #expect(lines.count == 3)
  }

  @Test func aLauncherWhoseScriptsDoNotJoinSaysSo() throws {
    let interpreter = try Interpreter(chosen: "/usr/bin/python3", environment: [:])
    let environment = ProcessInfo.processInfo.environment.merging(["XDG_CACHE_HOME": "/tmp"]) { $1 }
    let command = Launcher.Command(
      [interpreter.program, "-c", "print('alone')"], environment: environment,
      try ProbeFolder(environment: environment), streams: .shown, name: "x")
    let ranks = try Watched { onUpdate in
      try RankedRun(
        ScriptSettings(name: "x"), command, recording: { _ in ScriptRecording() }, onUpdate: onUpdate)
    }
    try ranks.wait { $0.status == .finished }
    #expect(ranks.all.output.map(\.text) == ["alone"])
    #expect(ranks.all.warnings.count == 1)
  }
}

struct RankEnvironmentTests {
  @Test func itIsTorchrunsEnvironment() throws {
    let port = try #require(RankEnvironment.freePort())
    #expect((1_024...65_535).contains(port))
    let variables = RankEnvironment.variables(rank: 1, of: 2, port: port, ["PATH": "/bin", "RANK": "9"])
    #expect(variables["RANK"] == "1")
    #expect(variables["LOCAL_RANK"] == "1")
    #expect(variables["WORLD_SIZE"] == "2")
    #expect(variables["LOCAL_WORLD_SIZE"] == "2")
    #expect(variables["MASTER_ADDR"] == "127.0.0.1")
    #expect(variables["MASTER_PORT"] == "\(port)")
    #expect(variables["OMP_NUM_THREADS"] == "1")
    #expect(variables["PATH"] == "/bin")
    let chosen = RankEnvironment.variables(rank: 0, of: 2, port: 1, ["OMP_NUM_THREADS": "4"])
    #expect(chosen["OMP_NUM_THREADS"] == "4")
    #expect(RankEnvironment.variables(rank: 0, of: 1, port: 1, [:])["OMP_NUM_THREADS"] == nil)
  }
}
