import ArgumentParser
import Foundation
import TapedeckKit

/// The options that say where the data of a recording are.
struct RecordedDataOptions: ParsableArguments {
  @Option(
    help: "The data it was recorded with, where that was a file: a recording opens none unasked.",
    transform: Argument.data)
  var data: DataSource?

  @Option(help: "The folder with the files of mnist or fashion-mnist.")
  var dataDir: String?

  /// How an experiment is made again.
  var run: ReplayedRun {
    var run = ReplayedRun()
    run.data = data
    run.dataFolder = dataDir
    run.environment = ProcessInfo.processInfo.environment
    return run
  }
}
