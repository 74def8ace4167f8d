import ArgumentParser
import TapedeckKit

/// `tapedeck info`: what is in a recording, and whether it is intact.
struct Info: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Describe a recording: its contents, whether it is intact, and how far it can be replayed here.",
    discussion: """
      Reads the whole file, verifies every checksum, and runs some steps again to compare them with the recorded \
      hashes. The exit code is 0 for an intact file, and 1 for a damaged one.

      EXAMPLES
        tapedeck info run.tapedeck
        tapedeck info run.tapedeck --json
        tapedeck info run.tapedeck --all       runs every step again
      """)

  @ArgumentParser.Argument(help: "The recording.") var file: String

  @OptionGroup var recorded: RecordedDataOptions

  @Flag(help: "Run every step again, not only some.")
  var all = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let info = try RecordingInfo(file, recorded.run, all: all)
    let text = RecordingInfoText(info)
    print(json ? text.json() : text.lines.joined(separator: "\n"))
    if !info.isSound { throw ExitCode(1) }
  }
}
