import ArgumentParser
import Localization

/// `diff`: where two recorded runs diverge.
package struct DiffCommand<Arguments: RecordedDataArguments>: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "diff",
      abstract:
        localized(
          "Compare two recorded runs: settings, curves, and the first step and node at which they diverge."),
      discussion: ExperimentExamples.discussion(
        localized(
          """
          Hashes and recorded numbers show in which steps the runs diverge; if their data is available, both are run \
          again from the last state that they have in common, and compared node by node, bit for bit. On a terminal both \
          curves are shown; q quits. The exit code is 0 if the runs are the same as far as both go, 1 if they diverge, \
          and 2 if they cannot be compared.
          """),
        examples: [
          "diff one.tapedeck other.tapedeck", "diff one.tapedeck other.tapedeck --plain",
          "diff one.tapedeck other.tapedeck --json",
        ]))
  }

  @ArgumentParser.Argument(
    help: .localized("The first recording."), completion: .file(extensions: ["tapedeck"])) var first: String
  @ArgumentParser.Argument(
    help: .localized("The second recording."), completion: .file(extensions: ["tapedeck"])) var second: String

  @OptionGroup var recorded: Arguments

  @Flag(help: .localized("Print lines, even on a terminal."))
  var plain = false

  @Flag(help: .localized("Print one JSON object."))
  var json = false

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: .localized("Use only ASCII characters on the screen."))
  var ascii = false

  @OptionGroup var look: ThemeOption

  @OptionGroup var language: LanguageOption

  package init() {}

  package func run(in program: Program) throws {
    let code: Int32
    do {
      code = try Tapedeck.diff(
        first, second, recorded.replayedRun(in: program), isJSON: json, isPlain: plain, isASCIIOnly: ascii,
        theme: look.theme)
    } catch let stopped as StoppedBySignal {
      throw stopped
    } catch {
      // 1 means that the runs diverge.
      code = try Tapedeck.complain("\(error)", code: 2)
    }
    if code != 0 { throw ExitCode(code) }
  }
}
