import ArgumentParser
import Localization

/// `replay`: a recording on the debugger's screen.
package struct ReplayCommand<Arguments: RecordedDataArguments>: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "replay", abstract: localized("Play a recorded run in the debugger."),
      discussion: ExperimentExamples.discussion(
        localized(
          """
          Plays at the recorded speed; { and } halve and double it, and all keys of the debugger work. Tensors are \
          recomputed from the nearest keyframe, and hashes show whether they are the same to the bit.
          """),
        examples: [
          "replay run.tapedeck", "replay run.tapedeck --at 300 --paused",
        ] + Arguments.examples + [
          "replay run.tapedeck --headless      " + localized("is it reproduced bit for bit?")
        ]))
  }

  @ArgumentParser.Argument(help: .localized("The recording."), completion: .file(extensions: ["tapedeck"]))
  var file: String
  @OptionGroup var shown: ShownOptions<Arguments>

  @Option(
    parsing: .unconditional, help: .localized("Playback speed: 2 is twice as fast."),
    transform: OptionValue.number
  )
  var speed = 1.0

  @Flag(
    help: .localized(
      "No screen: run every step again, compare all recorded hashes, and exit with code 1 if one differs.")
  )
  var headless = false

  @Flag(help: .localized("Print one JSON object instead; implies --headless."))
  var json = false

  @OptionGroup var kernels: KernelsOption

  @OptionGroup var language: LanguageOption

  package init() {}

  package func validate() throws {
    guard speed.isFinite, speed > 0 else {
      throw ValidationError(localized("--speed expects a number above 0, such as 2, but got \(speed)."))
    }
  }

  package func run(in program: Program) throws {
    try kernels.use()
    var options = try shown.options(file, in: program)
    options.speed = speed
    guard !headless, !json else { return try check(options) }
    let code = try Tapedeck.show(options)
    if code != 0 { throw ExitCode(code) }
  }
}

extension ReplayCommand {
  private func check(_ options: ShowOptions) throws {
    let text = ReplayCheckText(
      try ProgressLine.during(localized("running it again")) { try RecordingFiles.check(options) })
    try StandardOutput.printLine(json ? text.json() : text.sentences)
    if !text.isFaithful { throw ExitCode(1) }
  }
}

/// `watch`: a recording that another process is writing.
package struct WatchCommand<Arguments: RecordedDataArguments>: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "watch", abstract: localized("Follow a run that another process is recording."),
      discussion: ExperimentExamples.discussion(
        localized(
          """
          Shows the newest moment in the file and checks for more four times a second. It only reads, so it cannot \
          disturb the run. A pause shows the moment in full; space follows the run again.
          """),
        examples: [
          "train --record run.tapedeck", "watch run.tapedeck          " + localized("in another terminal"),
        ]))
  }

  @ArgumentParser.Argument(help: .localized("The recording."), completion: .file(extensions: ["tapedeck"]))
  var file: String
  @OptionGroup var shown: ShownOptions<Arguments>

  @OptionGroup var language: LanguageOption

  package init() {}

  package func run(in program: Program) throws {
    var options = try shown.options(file, in: program)
    options.isWatching = true
    let code = try Tapedeck.show(options)
    if code != 0 { throw ExitCode(code) }
  }
}

/// The options of commands that show a recording.
struct ShownOptions<Arguments: RecordedDataArguments>: ParsableArguments {
  @Option(
    parsing: .unconditional, help: .localized("The step to start at."), transform: OptionValue.wholeNumber)
  var at: Int?

  @Flag(help: .localized("Start paused."))
  var paused = false

  @OptionGroup var recorded: Arguments

  @OptionGroup var screen: ScreenArguments

  /// The options of showing a file.
  func options(_ file: String, in program: Program) throws -> ShowOptions {
    var options = ShowOptions(path: file)
    options.step = at
    options.isPaused = paused
    options.isASCIIOnly = screen.ascii
    options.screen = screen.preferences(in: program)
    options.run = try recorded.replayedRun(in: program)
    return options
  }
}
