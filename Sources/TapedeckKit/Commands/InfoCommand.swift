import ArgumentParser
import Localization

/// `info`: what is in a recording, and whether it is intact.
package struct InfoCommand<Arguments: RecordedDataArguments>: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "info",
      abstract:
        localized(
          "Describe a recording: its contents, whether it is intact, and how far it can be replayed here."),
      discussion: ExperimentExamples.discussion(
        localized(
          """
          Reads the whole file, verifies every checksum, and runs some steps again to compare them with the recorded \
          hashes. The exit code is 0 for an intact file, and 1 for a damaged one.
          """),
        examples: [
          "info run.tapedeck", "info run.tapedeck --json",
          "info run.tapedeck --all       " + localized("runs every step again"),
        ]))
  }

  @ArgumentParser.Argument(help: .localized("The recording."), completion: .file(extensions: ["tapedeck"]))
  var file: String

  @OptionGroup var recorded: Arguments

  @Flag(help: .localized("Run every step again, not only some."))
  var all = false

  @Flag(
    help: .localized(
      "Print one JSON object: in run, settings is the text that the file has, and choices is what it says."))
  var json = false

  @OptionGroup var language: LanguageOption

  package init() {}

  package func run(in program: Program) throws {
    let info = try RecordingInfo(file, recorded.replayedRun(in: program), all: all)
    let text = RecordingInfoText(info)
    try StandardOutput.printLine(json ? text.json() : text.lines.joined(separator: "\n"))
    if !info.isSound { throw ExitCode(1) }
  }
}
