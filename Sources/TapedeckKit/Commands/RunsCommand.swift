import ArgumentParser
import Localization

/// `runs`: the recordings of a folder beside each other.
package struct RunsCommand<Arguments: RecordedDataArguments>: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "runs",
      abstract: localized("List the recordings of a folder, and lay their curves over each other."),
      discussion: ExperimentExamples.discussion(
        localized(
          """
          Shows what became of each run, its settings and last numbers. Space chooses some: their curves lie over each \
          other, with a table of the settings in which they differ. Enter opens one, d compares two, / narrows the list \
          down. Recordings that are new or being written appear by themselves. Without a terminal a table is printed.
          """),
        examples: ["runs", "runs experiments --recursive", "runs --headless", "runs experiments --json"]))
  }

  @ArgumentParser.Argument(help: .localized("The folder; by default the one that the program is started in."))
  var folder = "."

  @Flag(help: .localized("Look through the folders in it too."))
  var recursive = false

  @OptionGroup var recorded: Arguments

  @Flag(help: .localized("No screen: print a table."))
  var headless = false

  @Flag(help: .localized("Print one JSON object instead; implies --headless."))
  var json = false

  @OptionGroup var screen: ScreenArguments

  @OptionGroup var language: LanguageOption

  package init() {}

  package func run(in program: Program) throws {
    var options = RunsOptions(folder: folder)
    options.isRecursive = recursive
    options.isASCIIOnly = screen.ascii
    options.screen = screen.preferences(in: program)
    options.run = try recorded.replayedRun(in: program)
    let code = try Tapedeck.listRuns(options, isHeadless: headless, isJSON: json)
    if code != 0 { throw ExitCode(code) }
  }
}
