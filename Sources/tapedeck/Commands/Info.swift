import ArgumentParser
import TapedeckKit

/// `tapedeck info`: what is in a recording, and whether it is sound.
struct Info: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what is in a recording, whether it is sound, and how far it can be replayed here.",
    discussion: """
      Reads all of the file, checks every checksum, and runs some steps again to compare them with the recorded \
      hashes. The exit code is 0 for a sound file, and 1 for a damaged one.
      EXAMPLES
        tapedeck info run.tapedeck
        tapedeck info run.tapedeck --json
        tapedeck info run.tapedeck --all       every step is run again
      """)

  @ArgumentParser.Argument(help: "The recording.") var file: String

  @OptionGroup var recorded: RecordedDataOptions

  @Flag(help: "Run every step again, and not only some.")
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
