import ArgumentParser
import Localization

/// The options that say whether and how a run is recorded.
struct RecordOptions: ParsableArguments {
  @Option(
    help: .localized("Record the run to this file, name.tapedeck; in the debugger, R starts a recording."),
    completion: .file(extensions: ["tapedeck"]))
  var record: String?

  @Option(
    parsing: .unconditional,
    help: .localized(
      "The maximum size of the recording in megabytes, however long the run is; 64 by default."),
    transform: OptionValue.wholeNumber)
  var recordBudget = 64

  @Flag(help: .localized("Overwrite an existing recording."))
  var force = false

  func validate() throws {
    guard (1...1_000_000).contains(recordBudget) else {
      throw ValidationError(
        localized(
          "--record-budget expects a whole number of megabytes from 1 to 1000000, but got \(recordBudget)."))
    }
  }
}

/// The same, or the recording that is resumed.
struct ResumeOptions: ParsableArguments {
  @OptionGroup var new: RecordOptions

  @Option(
    help: .localized(
      "Resume a recorded run where its recording ends, and continue recording to the same file."),
    completion: .file(extensions: ["tapedeck"]))
  var resume: String?

  func validate() throws {
    if new.record != nil, resume != nil {
      throw ValidationError(
        localized("--resume records to its own file, so it cannot be combined with --record."))
    }
  }
}
