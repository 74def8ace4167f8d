import ArgumentParser
import Localization

/// `repair`: saves what can be read of a damaged recording.
package struct RepairCommand: ParsableCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "repair",
      abstract: localized("Write an intact recording with everything that can be saved from a damaged one."),
      discussion: ExperimentExamples.discussion(
        localized(
          """
          The damaged file is only read, unless it is also the output: then the repaired one replaces it. What was lost \
          is printed, and noted in the new file, where '\(Program.name) info' shows it.
          """),
        examples: [
          "repair run.tapedeck                          " + localized("writes run.repaired.tapedeck"),
          "repair run.tapedeck --output saved.tapedeck", "repair run.tapedeck --output run.tapedeck --force",
        ]))
  }

  @ArgumentParser.Argument(help: .localized("The recording."), completion: .file(extensions: ["tapedeck"]))
  var file: String

  @Option(help: .localized("The file to write; by default name.repaired.tapedeck."), completion: .file())
  var output: String?

  @Flag(help: .localized("Overwrite an existing file."))
  var force = false

  @OptionGroup var language: LanguageOption

  package init() {}

  package func run() throws {
    let (path, report) = try RecordingFiles.repair(file, to: output, replacing: force)
    try StandardOutput.printLine(
      RepairText(source: file, written: path, report).lines.joined(separator: "\n"))
  }
}
