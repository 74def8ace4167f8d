import ArgumentParser
import Foundation
import TapedeckKit

/// The options that say where the data of a recording are.
struct RecordedDataOptions: ParsableArguments {
  @Option(
    help: "The data file that the run was recorded with: a recording never opens files by itself.",
    transform: Argument.data)
  var data: DataSource?

  @Option(help: "The folder with the files of mnist or fashion-mnist.")
  var dataDir: String?

  /// How the experiment is made again.
  var run: ReplayedRun {
    var run = ReplayedRun()
    run.data = data
    run.dataFolder = dataDir
    run.environment = ProcessInfo.processInfo.environment
    return run
  }
}
