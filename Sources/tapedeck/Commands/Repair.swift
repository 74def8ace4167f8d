import ArgumentParser
import TapedeckKit

/// `tapedeck repair`: saves what a damaged recording still has.
struct Repair: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a sound recording with everything that a damaged one still has.",
    discussion: """
      The damaged file is only read, unless it is the one to write: then the repaired one takes its place. What \
      was lost is said, and noted in the new file, where 'tapedeck info' shows it.

      EXAMPLES
        tapedeck repair run.tapedeck                          writes run.repaired.tapedeck
        tapedeck repair run.tapedeck --output saved.tapedeck
        tapedeck repair run.tapedeck --output run.tapedeck --force
      """)

  @ArgumentParser.Argument(help: "The recording.") var file: String

  @Option(help: "The file to write; name.repaired.tapedeck if not given.")
  var output: String?

  @Flag(help: "Write over a file that is there already.")
  var force = false

  func run() throws {
    let (path, report) = try RecordingFiles.repair(file, to: output, replacing: force)
    print(RepairText(source: file, written: path, report).lines.joined(separator: "\n"))
  }
}
