import ArgumentParser
import TapedeckKit

/// `tapedeck export`: a recording in other programs' formats.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a recording as a table, as JSON lines, or for TensorBoard.",
    discussion: """
      EXAMPLES
        tapedeck export run.tapedeck > run.csv
        tapedeck export run.tapedeck --format jsonl --output run.jsonl
        tapedeck export run.tapedeck --format tensorboard --output runs
        tensorboard --logdir runs
      """)

  @ArgumentParser.Argument(help: "The recording.") var file: String

  @Option(help: "csv, jsonl or tensorboard.", transform: Argument.exportFormat)
  var format = ExportFormat.csv

  @Option(help: "The file to write, for TensorBoard the folder, runs if not given; else standard output.")
  var output: String?

  @Flag(help: "Write over a file that is there already.")
  var force = false

  func run() throws {
    let written = try RecordingFiles.export(file, as: format, to: output, replacing: force)
    if format == .tensorboard, let written { print(written) }
  }
}
