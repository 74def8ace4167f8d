import ArgumentParser
import Localization
import TapedeckKit

/// The program `tapedeck`: the commands of every program, with options for built-in data and networks.
@main
struct TapedeckCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "tapedeck",
      abstract: localized("A visual debugger for neural-network training, in the terminal."),
      discussion: ExperimentExamples.discussion(
        localized("Without a subcommand it opens the debugger on the handwritten digits and trains."),
        examples: [
          "train                            " + localized("watch the digits train"),
          "learn                            "
            + localized("the course: from NumPy to PyTorch in eleven steps"),
          "train --paused                   " + localized("start at the first node; . steps"),
          "train --layers 64,32,32,10       " + localized("another network"),
          "train --headless --json          " + localized("no screen; one JSON object per epoch"),
          "torch train.py                   " + localized("watch a script train"),
        ]),
      version: "0.1.0",
      subcommands: [
        TrainCommand<ExperimentOptions>.self, TorchCommand.self, ReplayCommand<RecordedDataOptions>.self,
        WatchCommand<RecordedDataOptions>.self, InfoCommand<RecordedDataOptions>.self, RepairCommand.self,
        DiffCommand<RecordedDataOptions>.self, RunsCommand<RecordedDataOptions>.self,
        ExportCommand<RecordedDataOptions>.self,
        InspectCommand<ExperimentOptions>.self, GraphCommand<ExperimentOptions>.self,
        DiagnoseCommand<ExperimentOptions>.self, Learn.self,
        PrintGuide.self, Verify.self, Bench.self, ConfigCommand.self, Manual.self,
      ],
      defaultSubcommand: TrainCommand<ExperimentOptions>.self)
  }

  static func main() { Program().run(TapedeckCommand.self, Array(CommandLine.arguments.dropFirst())) }
}
