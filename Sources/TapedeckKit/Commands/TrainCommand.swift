import ArgumentParser
import Foundation
import Localization
import Trace

/// `train`: opens the debugger, or prints lines without a terminal.
package struct TrainCommand<Arguments: ExperimentArguments>: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "train", abstract: localized("Train a network and watch it in the debugger."),
      discussion: ExperimentExamples.list(Arguments.examples.train))
  }

  @OptionGroup(title: localized("Experiment")) var experiment: Arguments

  @Option(
    parsing: .unconditional,
    help: .localized(
      """
      The maximum number of steps per second on the screen; 0 for no limit. { and } change it. Data that are part of the \
      program start at 60, slow enough to watch; everything else without a limit.
      """),
    transform: OptionValue.number)
  var pace: Double?

  @Option(
    parsing: .unconditional,
    help: .localized(
      "The maximum memory in megabytes for keyframes, from which earlier steps are computed again; 256 by default."
    ),
    transform: OptionValue.wholeNumber
  )
  var history = 256

  @Flag(help: .localized("Start paused at the first node."))
  var paused = false

  @Flag(
    help: .localized(
      "No screen: print one line per epoch. This is the default when standard output is not a terminal."))
  var headless = false

  @Flag(help: .localized("No screen: print one JSON object per line."))
  var json = false

  @OptionGroup var screen: ScreenArguments

  @Flag(help: .localized("Begin without the welcome, which is shown once."))
  var noWelcome = false

  @Option(
    name: .customLong("break"),
    help: .localized(
      """
      Pause at a node, 'fc1.relu' or 'fc1.relu backward'; on a condition, 'nan', 'loss > 10', \
      'norm(fc1.weight.grad) > 5', 'dead(fc1.relu)', 'step == 300'; on both, 'fc1.relu if zeros(fc1.relu) > 0.9'; or \
      where something is found to be wrong, 'diagnosis'. Can be given more than once. Without a screen the run ends there \
      with exit code 3.
      """))
  var breakpoints: [String] = []

  @OptionGroup(title: localized("Recording")) var recording: ResumeOptions

  @OptionGroup var language: LanguageOption

  package init() {}

  package func validate() throws {
    _ = try OptionValue.breakpoints(breakpoints)
    if recording.resume != nil, let option = experiment.givenOption {
      throw ValidationError(
        localized(
          "--resume uses the recorded settings: it can be combined with --epochs, but not with \(option)."))
    }
    try OptionValue.check(pace: pace)
    try OptionValue.check(history: history)
  }

  package func run(in program: Program) throws {
    let code: Int32
    if let path = recording.resume {
      let source = try experiment.experiment(resuming: path, in: program)
      code = try Tapedeck.resume(path, try options(source, in: program), source.make)
    } else {
      let source = try experiment.experiment(in: program)
      code = try Tapedeck.train(try options(source, in: program), source.make)
    }
    if code != 0 { throw ExitCode(code) }
  }

  /// Whether arguments choose no more than the language and the look of the screen.
  private static func isPlain(_ arguments: some Sequence<String>) -> Bool {
    let options = ["--lang", "--theme"]
    var isValue = false
    return arguments.allSatisfy { argument in
      defer { isValue = options.contains(argument) }
      return isValue || options.contains(argument) || argument == "--ascii"
        || options.contains { argument.hasPrefix("\($0)=") }
    }
  }

  private func options(_ source: ExperimentSource, in program: Program) throws -> Tapedeck.Options {
    var options = Tapedeck.Options()
    options.isPaused = paused
    options.historyBytes = history << 20
    options.pace = pace.map { $0 == 0 ? nil : $0 } ?? source.usualPace
    options.isHeadless = headless
    options.isJSON = json
    options.isASCIIOnly = screen.ascii
    options.screen = screen.preferences(in: program)
    options.breakpoints = try OptionValue.breakpoints(breakpoints)
    options.teaching.memory = StateFolder(ProcessInfo.processInfo.environment)
    options.teaching.welcomes = Self.isPlain(CommandLine.arguments.dropFirst()) && !noWelcome
    // The welcome stands before a run that waits.
    if options.teaching.showsWelcome { options.isPaused = true }
    options.recording.path = recording.new.record
    options.recording.budget = recording.new.recordBudget << 20
    options.recording.replacesFile = recording.new.force
    options.recording.settings = source.settings
    return options
  }
}
