import Autograd
import DebuggerUI
import Diagnosis
import Foundation
import Localization
import NCursesTerminal
import Recording
import TerminalUI
import Trace

/// The front of the library: runs an experiment in the debugger, or without a screen.
public enum Tapedeck {
  /// How a run is to be shown.
  public struct Options: Sendable {
    /// Whether to start paused before the first node.
    public var isPaused = false
    /// The most steps a second while the screen is shown; nil for no limit.
    public var pace: Double?
    /// The most memory for keyframes, which lead back to earlier steps.
    public var historyBytes = 256 << 20
    /// Whether to print lines instead of showing a screen; always the case when output is not a terminal.
    public var isHeadless = false
    /// Whether the lines are JSON.
    public var isJSON = false
    /// Whether the screen shows only ASCII characters.
    public var isASCIIOnly = false
    /// Where the run stops; without a screen it ends there.
    public var breakpoints: [Breakpoint] = []
    /// Whether and how the run is recorded.
    public var recording = RecordingOptions()

    /// What is taught beside the run.
    package var teaching = Teaching()
    /// What the user has chosen for the screen.
    package var screen = ScreenPreferences()

    /// The debugger, running at full speed.
    public init() {}

    /// Whether lines are printed instead of a screen.
    var printsLines: Bool { isHeadless || isJSON || isatty(STDOUT_FILENO) == 0 }
  }

  /// The main line of a program of your own: reads its arguments, runs the experiment that `make` makes, and ends the
  /// process.
  ///
  /// The arguments are those of `tapedeck`: `--paused`, `--break`, `--record`, `--headless`, `--help` and the others,
  /// and the commands `replay`, `inspect`, `graph` and so on.
  ///
  /// ```swift
  /// Tapedeck.main(makeExperiment)
  /// ```
  /// What goes wrong is printed to standard error in one sentence, and the exit code is not 0 then.
  public static func main(
    arguments: [String] = Array(CommandLine.arguments.dropFirst()),
    _ make: @escaping @Sendable () throws -> Experiment
  ) -> Never {
    Program(make).run(OwnProgram.self, arguments)
  }

  /// Runs the experiment that `make` makes, and returns the program's exit code.
  ///
  /// `make` is called on the training queue; the debugger's screen is there before it returns.
  ///
  /// What goes wrong is printed to standard error in one sentence. The code is 1 then, and 2 where the terminal cannot
  /// show a screen.
  public static func run(
    _ options: Options = Options(), _ make: @escaping @Sendable () throws -> Experiment
  ) -> Int32 {
    do { return try train(options, make) } catch {
      // Where not even standard error can be written to, the code alone says it.
      return (try? complain("\(error)", code: 1)) ?? 1
    }
  }

  /// Runs the experiment that `make` makes, and returns the program's exit code.
  ///
  /// - Throws: without a screen, what the experiment throws; `RecordingError` if the run cannot be recorded.
  static func train(
    _ options: Options, _ make: @escaping @Sendable () throws -> Experiment
  ) throws -> Int32 {
    let make = options.screen.diagnosis.set(in: make)
    if options.printsLines, options.recording.path == nil, options.breakpoints.isEmpty {
      try HeadlessReport(isJSON: options.isJSON, mutedRules: options.screen.diagnosis.muted).run(make())
      return 0
    }
    let opener = RecordingOpener(options.recording)
    defer { opener.finish() }
    return try finish(opener, run(options, .live(make), recording: opener.plan()))
  }

  /// Runs the experiment that `make` makes with the course open, which needs a screen; returns the exit code.
  ///
  /// - Throws: `RecordingError` if it cannot be shown.
  package static func learn(
    _ options: Options, _ make: @escaping @Sendable () throws -> Experiment
  ) throws -> Int32 {
    guard isatty(STDOUT_FILENO) == 1 else {
      return try complain(
        localized(
          "Standard output is not a terminal, and the course needs one; tapedeck learn --list prints its steps."
        ),
        code: 2)
    }
    return try train(options, make)
  }

  /// Resumes a recorded run where its recording ends, and continues recording to the same file.
  ///
  /// - Throws: `RecordingError` or what the experiment throws.
  static func resume(
    _ path: String, _ options: Options, _ make: @escaping @Sendable () throws -> Experiment
  ) throws -> Int32 {
    let archive = try RecordingReader(path: path)
    let opener = RecordingOpener(options.recording)
    defer { opener.finish() }
    let make = options.screen.diagnosis.set(in: make)
    return try finish(opener, run(options, .resumed(archive, make), recording: opener.plan(resuming: path)))
  }

  /// Ends the recordings of a run that has ended with an exit code, and says what is wrong with them; a failure is told by
  /// the code too.
  ///
  /// - Throws: what writing throws.
  private static func finish(_ opener: RecordingOpener, _ code: Int32) throws -> Int32 {
    opener.finish()
    guard let status = opener.status, let problem = status.problem else { return code }
    let failure = try complain(problem, code: 1)
    return code == 0 && status.hasFailed ? failure : code
  }

  /// Shows a recording: plays it, or follows one that another process writes.
  ///
  /// - Throws: `RecordingError` if it cannot be opened, ``ReplayError`` if it has no such step.
  static func show(_ options: ShowOptions) throws -> Int32 {
    guard isatty(STDOUT_FILENO) == 1 else {
      _ = try open(options)
      return try complain(
        localized(
          "Standard output is not a terminal, and a replay needs one; tapedeck info and tapedeck export print what a recording contains."
        ),
        code: 2)
    }
    // Before another thread exists.
    NCursesTerminal.blockSignals()
    defer { NCursesTerminal.unblockSignals() }
    let file = URL(filePath: options.path).lastPathComponent
    let stage = Stage(
      isPaused: options.isPaused, pace: options.isWatching ? nil : options.speed,
      historyBytes: options.historyBytes,
      isASCIIOnly: options.isASCIIOnly, teaching: options.teaching, screen: options.screen, opened: file)
    let plan = RecordingPlan(machine: Machine.description)
    let opening = Background { try open(options) }
    // What is soon there is shown at once, and an error needs no screen.
    if let archive = try opening.value(within: 0.2) {
      return try stage.show(source(archive, file, options), recording: plan)
    }
    return try stage.show(
      opening: {
        guard let archive = try opening.value() else { throw ReplayError.noData(file: options.path) }
        return source(archive, file, options)
      }, recording: plan)
  }

  /// Opens the recording that is to be shown.
  ///
  /// - Throws: `RecordingError` if it cannot be opened, ``ReplayError`` if it has no such step.
  private static func open(_ options: ShowOptions) throws -> RecordingReader {
    let archive = try RecordingReader(path: options.path)
    if let step = options.step, !(1...max(1, archive.lastStep)).contains(step) {
      throw ReplayError.stepOutside(step, last: archive.lastStep)
    }
    return archive
  }

  private static func source(
    _ archive: RecordingReader, _ file: String, _ options: ShowOptions
  ) -> RunSource {
    let plan = ReplayPlan(
      archive, file: file, isWatching: options.isWatching, start: options.step, speed: options.speed)
    let (run, diagnosis) = (options.run, options.screen.diagnosis)
    return RunSource.replay(plan) { diagnosis.set(in: try run.experiment(archive)) }.taking(.leavingOne)
  }

  private static func run(
    _ options: Options, _ source: RunSource, recording plan: RecordingPlan
  ) throws -> Int32 {
    if options.printsLines {
      let report = HeadlessReport(isJSON: options.isJSON, mutedRules: options.screen.diagnosis.muted)
      return try report.run(
        source, recording: plan, breakpoints: options.breakpoints)
    }
    let stage = Stage(
      isPaused: options.isPaused, pace: options.pace, historyBytes: options.historyBytes,
      isASCIIOnly: options.isASCIIOnly, breakpoints: options.breakpoints, teaching: options.teaching,
      screen: options.screen)
    return try stage.show(source.taking(.leavingOne), recording: plan)
  }

  /// Prints a sentence to standard error, and returns the exit code.
  ///
  /// - Throws: what writing throws.
  package static func complain(_ sentence: String, code: Int32) throws -> Int32 {
    try StandardOutput.complain("\(Program.name): \(sentence.withVisibleControls)")
    return code
  }
}
