import ArgumentParser
import Foundation
import TapedeckKit

/// `tapedeck train`: opens the debugger, or prints lines where there is no terminal.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network and watch it in the debugger.",
    discussion: """
      EXAMPLES
        tapedeck train --paused
        tapedeck train --layers 64,32,32,10 --lr 0.05 --epochs 50
        tapedeck train --data spiral
        tapedeck train --data fashion-mnist --headless
        tapedeck train --data flowers.csv --optimizer adam
        tapedeck train --headless --json > run.jsonl
      """)

  @OptionGroup(title: "Experiment") var experiment: ExperimentOptions

  @Option(
    parsing: .unconditional,
    help: """
      On the screen, at most so many iterations a second; 0 for as many as can be. The digits begin at 60, \
      slow enough to watch; other data without a limit. { and } change it.
      """,
    transform: Argument.number)
  var pace: Double?

  @Option(
    parsing: .unconditional,
    help: "The megabytes of memory that the way back into the past may take.", transform: Argument.wholeNumber
  )
  var history = 256

  @Flag(help: "Stand at the first node.")
  var paused = false

  @Flag(help: "No screen: print one line an epoch. So it is too where standard output is no terminal.")
  var headless = false

  @Flag(help: "No screen: print one JSON object a line.")
  var json = false

  @Flag(help: "Keep the screen to ASCII characters.")
  var ascii = false

  func validate() throws {
    guard pace.map({ $0 >= 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--pace expects a number from 0, but got \(pace ?? 0).")
    }
    guard (1...1_000_000).contains(history) else {
      throw ValidationError(
        "--history expects a whole number of megabytes from 1 to 1000000, but got \(history).")
    }
  }

  func run() throws {
    let settings = experiment.settings
    try experiment.prepareData(settings)
    var options = Tapedeck.Options()
    options.isPaused = paused
    options.historyBytes = history << 20
    let usualPace = settings.data == .digits ? 60.0 : 0
    options.pace = (pace ?? usualPace) == 0 ? nil : pace ?? usualPace
    options.isHeadless = headless
    options.isJSON = json
    options.isASCIIOnly = ascii
    let code = try Tapedeck.run(options) { try settings.makeExperiment() }
    if code != 0 { throw ExitCode(code) }
  }
}
