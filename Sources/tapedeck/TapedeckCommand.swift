import ArgumentParser
import TapedeckKit

/// The program `tapedeck`: the commands of every program, with options for built-in data and networks.
@main
struct TapedeckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tapedeck",
    abstract: "A visual debugger for neural-network training, in the terminal.",
    discussion: """
      Without a subcommand it opens the debugger on the handwritten digits and trains.

      EXAMPLES
        tapedeck                                  watch the digits train
        tapedeck learn                            the course: from NumPy to PyTorch in eleven steps
        tapedeck train --paused                   start at the first node; . steps
        tapedeck train --layers 64,32,32,10       another network
        tapedeck train --headless --json          no screen; one JSON object per epoch
      """,
    version: "0.1.0",
    subcommands: [
      TrainCommand<ExperimentOptions>.self, ReplayCommand<RecordedDataOptions>.self,
      WatchCommand<RecordedDataOptions>.self, InfoCommand<RecordedDataOptions>.self, RepairCommand.self,
      DiffCommand<RecordedDataOptions>.self, ExportCommand<RecordedDataOptions>.self,
      InspectCommand<ExperimentOptions>.self, GraphCommand<ExperimentOptions>.self, Learn.self,
      PrintGuide.self, Verify.self, Bench.self,
    ],
    defaultSubcommand: TrainCommand<ExperimentOptions>.self)

  static func main() { Program().run(TapedeckCommand.self, Array(CommandLine.arguments.dropFirst())) }
}
