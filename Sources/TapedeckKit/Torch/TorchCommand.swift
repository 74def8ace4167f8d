import ArgumentParser
import Diagnosis
import Foundation
import Localization
import PyTorch
import Trace
import Training

/// `torch`: runs a PyTorch script in the debugger, or without a screen.
package struct TorchCommand: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "torch", abstract: localized("Run a PyTorch script, unchanged, in the debugger."),
      usage:
        """
        tapedeck torch [OPTIONS] SCRIPT [ARGUMENTS…]
        tapedeck torch [OPTIONS] -m MODULE [ARGUMENTS…]
        tapedeck torch [OPTIONS] -- LAUNCHER [ARGUMENTS…]
        """,
      discussion: ExperimentExamples.discussion(
        localized("What follows the script's name is the script's own."),
        examples: [
          "torch train.py --epochs 3   " + localized("watch a script train"),
          "torch --paused train.py     " + localized("start at the first node; . steps"),
          "torch --break nan train.py  " + localized("stop where the first NaN is computed"),
          "torch --verify train.py     " + localized("recompute its first step, and compare"),
          "torch --headless --record r.tapedeck train.py",
          "    " + localized("no screen; watch it with tapedeck watch r.tapedeck"),
          "torch --nproc-per-node 2 train.py",
          "    " + localized("two processes that train together, as under torchrun"),
          "torch -- torchrun --nproc-per-node 2 train.py",
          "    " + localized("the same under a launcher of your own"),
        ]))
  }

  @Option(
    help: .localized(
      "The Python to run the script with; by default that of an active virtual environment, else the first of python3 and /usr/bin/python3 that has torch."
    ), completion: .file())
  var python: String?

  @Flag(help: .localized("Start paused at the first node."))
  var paused = false

  @Flag(
    help: .localized(
      "Run the script's first step through Tapedeck's own engine as well, and name the first node that differs. The exit code is 0 if all agree, 1 if one differs, 2 if something could not be compared."
    ))
  var verify = false

  @Flag(help: .localized("No screen: the script's output is printed, and nothing else on standard output."))
  var headless = false

  @Option(
    parsing: .unconditional,
    help: .localized(
      "The maximum number of steps per second on the screen; 0 for no limit. { and } change it."),
    transform: OptionValue.number)
  var pace: Double?

  @Option(
    name: .customLong("break"),
    help: .localized(
      """
      Pause at a node or in a module; on a condition, 'nan', 'loss > 10', 'norm(fc1.weight.grad) > 5', 'dead(act.relu)'; \
      where something is found to be wrong, 'diagnosis'; or at a line, 'line train.py:42'. Can be given more than once. Without a screen the script ends there with exit code 3.
      """))
  var breakpoints: [String] = []

  @Option(
    help: .localized(
      "What becomes of the script when the screen is left: stop, by KeyboardInterrupt, or continue; stop by default."
    ),
    completion: .choices(of: ScriptSettings.OnExit.self), transform: OptionValue.choice)
  var onExit = ScriptSettings.OnExit.stop

  @Option(
    parsing: .unconditional,
    help: .localized(
      "The maximum memory in megabytes for the values of steps that one can go back to; 1024 by default."),
    transform: OptionValue.wholeNumber)
  var history = 1_024

  @Option(
    parsing: .unconditional,
    help: .localized("Optimizer steps per displayed step, for gradient accumulation; 1 by default."),
    transform: OptionValue.wholeNumber)
  var stepEvery = 1

  @Option(
    parsing: .unconditional,
    help: .localized(
      """
      The number of processes that train together, each with the environment that torchrun would give it; \
      :rank N shows another. Each is recorded to a file of its own, run.tapedeck, run.rank1.tapedeck.
      """),
    transform: OptionValue.wholeNumber)
  var nprocPerNode: Int?

  @OptionGroup var recording: RecordOptions

  @OptionGroup var screen: ScreenArguments

  @Flag(help: .hidden)
  var launcher = false

  @OptionGroup var language: LanguageOption

  @Argument(
    parsing: .postTerminator,
    help: .init(
      Localization.localized("The script, or -m and a module, and its arguments."), valueName: "script"))
  var script: [String] = []

  package init() {}

  package func validate() throws {
    guard let first = script.first, first != "-m" || script.count > 1 else {
      throw ValidationError(localized("torch expects a script, or -m and a module."))
    }
    try OptionValue.check(pace: pace)
    try OptionValue.check(history: history)
    guard (1...1_000_000).contains(stepEvery) else {
      throw ValidationError(
        localized("--step-every expects a whole number of at least 1, but got \(stepEvery)."))
    }
    guard nprocPerNode.map({ (1...1_024).contains($0) }) ?? true else {
      throw ValidationError(
        localized("--nproc-per-node expects a whole number from 1 to 1024, but got \(nprocPerNode ?? 0)."))
    }
    guard !launcher || nprocPerNode == nil && python == nil else {
      throw ValidationError(
        localized("A launcher chooses the number of processes and their Python: give its own options to it."))
    }
    _ = try OptionValue.breakpoints(breakpoints)
  }

  package func run(in program: Program) throws {
    let isHeadless = headless || isatty(STDOUT_FILENO) == 0
    var settings = ScriptSettings(name: name)
    settings.isPaused = paused
    settings.breakpoints = try OptionValue.breakpoints(breakpoints)
    settings.pace = pace.flatMap { $0 == 0 ? nil : $0 }
    settings.onExit = onExit
    settings.historyBytes = history << 20
    settings.stepEvery = stepEvery
    settings.holdsAtEnd = !isHeadless
    settings.explainer = ScriptExplainer()
    // Muted rules are judged too: the screen can show them again.
    settings.diagnosis = Diagnosis.Settings(thresholds: program.diagnosis.thresholds)
    if verify {
      let code = try VerifiedScript(settings, launch(.shown)).run()
      if code != 0 { throw ExitCode(code) }
      return
    }
    let recordings = RankRecordingOpener(
      path: recording.record, budget: recording.recordBudget << 20, replacesFile: recording.force)
    defer { recordings.finish() }
    let makeRun = try maker(settings, isHeadless: isHeadless, recordings)
    let code =
      isHeadless
      ? try HeadlessScript(settings, mutedRules: program.diagnosis.muted, makeRun).run()
      : try ScriptStage(
        settings: settings, isASCIIOnly: screen.ascii, screen: screen.preferences(in: program),
        makeRun: makeRun
      ).show()
    recordings.finish()
    for problem in recordings.statuses.compactMap(\.problem) { _ = try Tapedeck.complain(problem, code: 1) }
    if code != 0 { throw ExitCode(code) }
    if recordings.statuses.contains(where: \.hasFailed) { throw ExitCode(1) }
  }

  /// What makes the run: a script in one process or several, or those of a launcher.
  private func maker(_ settings: ScriptSettings, isHeadless: Bool, _ recordings: RankRecordingOpener) throws
    -> (_ onUpdate: @escaping @Sendable () -> Void) throws -> any ScriptConnection
  {
    let recorded: @Sendable (Int) throws -> ScriptRecording = { try recordings.recording(rank: $0) }
    let streams: PyTorchRun.Streams = isHeadless ? recording.record == nil ? .own : .copied : .shown
    if launcher {
      let environment = ProcessInfo.processInfo.environment
      let command = Launcher.Command(
        script, environment: environment, try ProbeFolder(environment: environment),
        streams: streams, name: name)
      return { try RankedRun(settings, command, recording: recorded, onUpdate: $0) }
    }
    let start = try launch(streams)
    guard let count = nprocPerNode else {
      return { PyTorchRun(settings, start, recording: try recorded(0), onUpdate: $0) }
    }
    return { try RankedRun(settings, start, count: count, recording: recorded, onUpdate: $0) }
  }

  /// How a script is started that writes to one of these places.
  private func launch(_ streams: PyTorchRun.Streams) throws -> PyTorchRun.Launch {
    let environment = ProcessInfo.processInfo.environment
    let interpreter = try Interpreter(chosen: python, environment: environment)
    let folder = try ProbeFolder(environment: environment)
    var launch = PyTorchRun.Launch(interpreter, folder, script: script, environment: environment)
    launch.streams = streams
    return launch
  }

  /// What the status line calls the script.
  private var name: String {
    if launcher, let script = script.first(where: { $0.hasSuffix(".py") }) {
      return URL(filePath: script).lastPathComponent
    }
    guard let first = script.first else { return "" }
    return first == "-m" ? script[1] : URL(filePath: first).lastPathComponent
  }
}
