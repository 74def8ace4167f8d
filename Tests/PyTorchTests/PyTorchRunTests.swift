import Foundation
import PyTorch
import Testing
import Trace

extension Watched<PyTorchRun> {
  /// A script, or with `-c` a line of Python that no probe watches.
  fileprivate convenience init(_ arguments: [String], isPaused: Bool = false) throws {
    let interpreter = try Interpreter(chosen: "/usr/bin/python3", environment: [:])
    let environment = Self.environment
    var launch = PyTorchRun.Launch(
      interpreter, try ProbeFolder(environment: environment), script: arguments, environment: environment)
    if arguments.first == "-c" { launch.arguments = [interpreter.program] + arguments }
    let start = launch
    try self.init(isPaused: isPaused) { PyTorchRun(ScriptSettings(name: "script"), start, onUpdate: $0) }
  }
}

struct PyTorchRunTests {
  private static let hasTorch = Interpreter.hasTorch("/usr/bin/python3")
  private static let scripts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scripts")
    .path

  @Test func whatIsNoMessageLeavesTheScriptAlone() throws {
    let watched = try Watched<PyTorchRun>([
      "-c",
      "import os; os.write(int(os.environ['TAPEDECK_PROBE_FD']), b'\\xff' * 100); print('goes on')",
    ])
    try watched.wait { $0.status == .finished }
    #expect(watched.all.warnings.count == 1)
    #expect(watched.all.output.map(\.text) == ["goes on"])
    #expect(watched.run.waitForExitCode() == 0)
  }

  @Test func aScriptWithoutTorchRunsAlone() throws {
    let watched = try Watched<PyTorchRun>([
      "-c", "import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)",
    ])
    try watched.wait { $0.status != nil && $0.status != .preparing }
    #expect(watched.all.status == .halted("The script has ended with exit code 7."))
    #expect(Set(watched.all.output.map(\.text)) == ["out", "err"])
    #expect(watched.run.exitCode == 7)
  }

  @Test func aProgramThatCannotBeStartedIsSaid() throws {
    let interpreter = try Interpreter(chosen: "/nonexistent/python", environment: [:])
    let folder = try ProbeFolder(environment: ["XDG_CACHE_HOME": FileManager.default.temporaryDirectory.path])
    let run = PyTorchRun(
      ScriptSettings(name: "x"), .init(interpreter, folder, script: ["x.py"], environment: [:])
    ) {}
    run.start(isPaused: false, pace: nil)
    guard case .failed(let sentence)? = run.takeUpdate().status else {
      Issue.record("it was started")
      return
    }
    #expect(sentence.contains("/nonexistent/python"))
  }

  @Test(.enabled(if: hasTorch)) func aScriptIsWalkedThrough() throws {
    let watched = try Watched<PyTorchRun>([Self.scripts + "/network.py"], isPaused: true)
    var moment = try watched.waitForPause()
    #expect(moment.position == .start)
    watched.run.send(.runTo(node: "act.relu"))
    moment = try watched.waitForPause()
    let relu = try #require(moment.current)
    #expect(moment.graph.nodes[relu].name == "act.relu")
    #expect(moment.focus?.values.allSatisfy { $0 >= 0 } == true)
    #expect(moment.source?.line == 24)
    watched.run.send(.previousNode)
    moment = try watched.waitForPause()
    #expect(moment.isBehindHead)
    watched.run.send(.focus(Focus(node: "conv.weight", view: .value)))
    moment = try watched.waitForPause()
    #expect(moment.focus?.shape == [4, 1, 3, 3])
    watched.run.send(.focus(Focus()))
    watched.run.send(.seekHead)
    watched.run.send(.change(.hyperparameter(name: "lr", value: 0.5), future: .dropped))
    watched.run.send(.change(.cell(parameter: "fc.bias", index: [3], value: 0), future: .dropped))
    try watched.wait { $0.events.filter { $0.kind == .change }.count == 1 || !$0.warnings.isEmpty }
    watched.run.send(.nextStep)
    try watched.wait { $0.moment?.position.step == 2 }
    watched.run.send(.run)
    try watched.wait { $0.status == .finished }
    #expect(watched.all.losses.map(\.step) == [1, 2])
    watched.run.send(.quit)
    #expect(watched.run.waitForExitCode() == 0)
  }

  @Test(.enabled(if: hasTorch)) func leavingARunningScriptInterruptsIt() throws {
    let watched = try Watched<PyTorchRun>([Self.scripts + "/network.py"], isPaused: true)
    _ = try watched.waitForPause()
    watched.run.send(.quit)
    #expect(watched.run.waitForExitCode() == 130)
  }
}
