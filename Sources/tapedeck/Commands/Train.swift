import ArgumentParser
import Foundation
import TapedeckKit

/// `tapedeck train`: opens the debugger, or prints lines without a terminal.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network and watch it in the debugger.",
    discussion: """
      EXAMPLES
        tapedeck train --paused
        tapedeck train --layers 64,32,32,10 --lr 0.05 --epochs 50
        tapedeck train --data spiral
        tapedeck train --data fashion-mnist --headless
        tapedeck train --data flowers.csv --optimizer adam
        tapedeck train --headless --json > run.jsonl
      """)

  @OptionGroup(title: "Experiment") var experiment: ExperimentOptions

  @Option(
    parsing: .unconditional,
    help: """
      The most steps per second on the screen; 0 for no limit. The digits start at 60, slow enough to watch; other \
      data without a limit. { and } change it.
      """,
    transform: Argument.number)
  var pace: Double?

  @Option(
    parsing: .unconditional,
    help: "The most megabytes of memory for keyframes, which lead back to earlier steps.",
    transform: Argument.wholeNumber
  )
  var history = 256

  @Flag(help: "Start paused at the first node.")
  var paused = false

  @Flag(
    help: "No screen: print one line per epoch. This is the default when standard output is not a terminal.")
  var headless = false

  @Flag(help: "No screen: print one JSON object per line.")
  var json = false

  @Flag(help: "Use only ASCII characters on the screen.")
  var ascii = false

  @Option(
    name: .customLong("break"),
    help: """
      Pause at a node, 'fc1.relu' or 'fc1.relu backward'; on a condition, 'nan', 'loss > 10', \
      'norm(fc1.weight.grad) > 5', 'step == 300'; or on both, 'fc1.relu if zeros(fc1.relu) > 0.9'. Can be given more \
      than once. Without a screen the run ends there with exit code 3.
      """)
  var breakpoints: [String] = []

  @OptionGroup(title: "Recording") var recording: RecordOptions

  func validate() throws {
    _ = try parsedBreakpoints()
    if recording.resume != nil, let option = experiment.givenOption {
      throw ValidationError(
        "--resume uses the recorded settings: it can be combined with --epochs, but not with \(option).")
    }
    guard pace.map({ $0 >= 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--pace expects a number of at least 0, but got \(pace ?? 0).")
    }
    guard (1...1_000_000).contains(history) else {
      throw ValidationError(
        "--history expects a whole number of megabytes from 1 to 1000000, but got \(history).")
    }
  }

  func run() throws {
    if let path = recording.resume { return try resume(path) }
    let settings = experiment.settings
    try experiment.prepareData(settings)
    let options = try options(settings)
    try exit(with: Tapedeck.run(options) { try settings.makeExperiment() })
  }

  private func parsedBreakpoints() throws -> [Breakpoint] {
    try breakpoints.enumerated().map { place, text in
      do { return try Breakpoint(id: place + 1, parsing: text) } catch {
        throw ValidationError("--break '\(text)': \(error)")
      }
    }
  }

  /// Resumes a recorded run.
  private func resume(_ path: String) throws {
    let (experiment, environment) = (experiment, ProcessInfo.processInfo.environment)
    var run = ReplayedRun()
    run.data = experiment.data
    run.dataFolder = experiment.dataDir
    run.environment = environment
    let recorded = try RecordingFiles.settings(path, run, epochs: experiment.epochs)
    try exit(with: Tapedeck.resume(path, try options(recorded)) { try recorded.makeExperiment() })
  }

  private func exit(with code: Int32) throws {
    if code != 0 { throw ExitCode(code) }
  }

  private func options(_ settings: TrainSettings) throws -> Tapedeck.Options {
    var options = Tapedeck.Options()
    options.isPaused = paused
    options.historyBytes = history << 20
    let usualPace = settings.data == .digits ? 60.0 : 0
    options.pace = (pace ?? usualPace) == 0 ? nil : pace ?? usualPace
    options.isHeadless = headless
    options.isJSON = json
    options.isASCIIOnly = ascii
    options.breakpoints = try parsedBreakpoints()
    options.recording.path = recording.record
    options.recording.budget = recording.recordBudget << 20
    options.recording.replacesFile = recording.force
    options.recording.settings = settings.recorded
    return options
  }
}
