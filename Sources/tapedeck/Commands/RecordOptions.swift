import ArgumentParser

/// The options that say whether and how a run is recorded.
struct RecordOptions: ParsableArguments {
  @Option(help: "Record the run into this file, name.tapedeck; R records from the screen.")
  var record: String?

  @Option(
    parsing: .unconditional,
    help: "The megabytes that the recording may take on disk, however long the run.",
    transform: Argument.wholeNumber)
  var recordBudget = 64

  @Flag(help: "Write over a recording that is there already.")
  var force = false

  @Option(help: "Go on with a recorded run from where its recording ends, and record on into the same file.")
  var resume: String?

  func validate() throws {
    guard (1...1_000_000).contains(recordBudget) else {
      throw ValidationError(
        "--record-budget expects a whole number of megabytes from 1 to 1000000, but got \(recordBudget).")
    }
    if record != nil, resume != nil {
      throw ValidationError("--resume records into its own file, so --record cannot stand beside it.")
    }
  }
}
