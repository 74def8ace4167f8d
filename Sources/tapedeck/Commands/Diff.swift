import ArgumentParser
import TapedeckKit

/// `tapedeck diff`: where two recorded runs part.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare two recorded runs: settings, curves, and the first step and node at which they part.",
    discussion: """
      Hashes and recorded numbers say in which steps they part; where the data are here, both are run again from the \
      last state that they have in common, and compared node by node, bit for bit. On a terminal both curves are \
      shown; q leaves. The exit code is 0 where the runs are the same as far as both go, 1 where they part, and 2 where \
      they cannot be compared.
      EXAMPLES
        tapedeck diff one.tapedeck other.tapedeck
        tapedeck diff one.tapedeck other.tapedeck --plain
        tapedeck diff one.tapedeck other.tapedeck --json
      """)

  @ArgumentParser.Argument(help: "The first recording.") var first: String
  @ArgumentParser.Argument(help: "The second recording.") var second: String

  @OptionGroup var recorded: RecordedDataOptions

  @Flag(help: "Print lines, also on a terminal.")
  var plain = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Keep the screen to ASCII characters.")
  var ascii = false

  func run() throws {
    let code: Int32
    do {
      code = try Tapedeck.diff(
        first, second, recorded.run, isJSON: json, isPlain: plain, isASCIIOnly: ascii)
    } catch {
      // 1 says that two runs part.
      code = try Tapedeck.complain("\(error)", code: 2)
    }
    if code != 0 { throw ExitCode(code) }
  }
}
