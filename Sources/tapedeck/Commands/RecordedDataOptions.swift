import ArgumentParser
import Foundation
import Localization
import TapedeckKit

/// The options that say where the data of a recording are.
struct RecordedDataOptions: RecordedDataArguments {
  static let examples = ["replay flowers.tapedeck --data flowers.csv"]

  @Option(
    help: .localized(
      "The data file that the run was recorded with: a recording never opens files by itself."),
    completion: .data, transform: OptionValue.data)
  var data: DataSource?

  @Option(
    help: .localized("The table or the arrays that validated, if the run was recorded with --test."),
    completion: .file())
  var test: String?

  @Option(
    help: .localized("The folder with the files of mnist or a set like it, such as emnist-letters."),
    completion: .directory)
  var dataDir: String?

  func replayedRun(in program: Program) throws -> ReplayedRun {
    var run = ReplayedRun()
    run.data = data
    run.test = test
    run.dataFolder = dataDir
    run.environment = ProcessInfo.processInfo.environment
    // Data that are named are meant: without them a recording says less.
    try run.checkData()
    return run
  }
}
