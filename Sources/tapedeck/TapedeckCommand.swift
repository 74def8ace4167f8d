import ArgumentParser
import Export
import Foundation
import TapedeckKit

/// The program: parses the arguments and turns errors into one sentence and an exit code.
@main
struct TapedeckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tapedeck",
    abstract: "A visual debugger for neural-network training, in the terminal.",
    discussion: """
      Without a subcommand it opens the debugger on the handwritten digits and trains.

      EXAMPLES
        tapedeck                                  watch the digits train
        tapedeck train --paused                   start at the first node; . steps
        tapedeck train --layers 64,32,32,10       another network
        tapedeck train --headless --json          no screen; one JSON object per epoch
      """,
    version: "0.1.0",
    subcommands: [
      Train.self, Replay.self, Watch.self, Info.self, Repair.self, Diff.self, Export.self, Inspect.self,
      Graph.self,
      Verify.self, Bench.self,
    ],
    defaultSubcommand: Train.self)

  /// The subcommand that was called, whose help has its options.
  private static var subcommand: String {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName ?? "\($0)".lowercased() }
    return CommandLine.arguments.dropFirst().first { names.contains($0) } ?? "train"
  }

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      // Help and version arrive as errors; a wrong argument gets one sentence, without the usage.
      let isArgument = error is SettingsError || error is InspectionError || error is ExportError
      let code: ExitCode = isArgument ? .validationFailure : exitCode(for: error)
      if code.isSuccess || error is ExitCode { exit(withError: error) }
      // A sentence may quote the text of a file.
      let message = message(for: error).withVisibleControlsInLines
      let sentence = message.hasSuffix(".") ? message : message + "."
      let hint = code == .validationFailure ? " See 'tapedeck \(subcommand) --help'." : ""
      FileHandle.standardError.write(Data("tapedeck: \(sentence)\(hint)\n".utf8))
      Foundation.exit(code.rawValue)
    }
  }
}
