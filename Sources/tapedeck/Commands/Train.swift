import ArgumentParser
import TapedeckKit

/// `tapedeck train`: opens the debugger, or prints lines where there is no terminal.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network and watch it in the debugger.",
    discussion: """
      EXAMPLES
        tapedeck train --paused
        tapedeck train --layers 64,32,32,10 --lr 0.05 --epochs 50
        tapedeck train --headless --json > run.jsonl
      """)

  @Option(help: "The sizes of the layers, from input to output.", transform: Argument.layers)
  var layers = TrainSettings().layers

  @Option(help: "How the parameters are changed: sgd.", transform: Argument.optimizer)
  var optimizer = TrainSettings().optimizer

  @Option(
    name: .customLong("lr"), parsing: .unconditional, help: "The learning rate: the size of a step.",
    transform: Argument.number("--lr"))
  var learningRate = TrainSettings().learningRate

  @Option(
    parsing: .unconditional, help: "How much of the last step's direction is kept, from 0 to below 1.",
    transform: Argument.number("--momentum"))
  var momentum = TrainSettings().momentum

  @Option(
    name: .customLong("batch"), parsing: .unconditional, help: "The samples in a batch.",
    transform: Argument.wholeNumber("--batch"))
  var batchSize = TrainSettings().batchSize

  @Option(
    parsing: .unconditional, help: "How often to go through the data.",
    transform: Argument.wholeNumber("--epochs"))
  var epochs = TrainSettings().epochs

  @Option(
    parsing: .unconditional, help: "What all random numbers are drawn from.", transform: Argument.seed)
  var seed = TrainSettings().seed

  @Option(
    parsing: .unconditional,
    help: "On the screen, at most so many iterations a second; 0 for as many as can be. { and } change it.",
    transform: Argument.number("--pace"))
  var pace = 60.0

  @Flag(help: "Stand at the first node.")
  var paused = false

  @Flag(help: "No screen: print one line an epoch. So it is too where standard output is no terminal.")
  var headless = false

  @Flag(help: "No screen: print one JSON object a line.")
  var json = false

  @Flag(help: "Keep the screen to ASCII characters.")
  var ascii = false

  func validate() throws {
    do { try settings.validate() } catch { throw ValidationError("\(error)") }
    guard pace >= 0, pace.isFinite else {
      throw ValidationError("--pace expects a number from 0, but got \(pace).")
    }
  }

  func run() throws {
    var options = Tapedeck.Options()
    options.isPaused = paused
    options.pace = pace == 0 ? nil : pace
    options.isHeadless = headless
    options.isJSON = json
    options.isASCIIOnly = ascii
    let settings = settings
    let code = try Tapedeck.run(options) { try settings.makeExperiment() }
    if code != 0 { throw ExitCode(code) }
  }

  private var settings: TrainSettings {
    var settings = TrainSettings()
    settings.layers = layers
    settings.optimizer = optimizer
    settings.learningRate = learningRate
    settings.momentum = momentum
    settings.batchSize = batchSize
    settings.epochs = epochs
    settings.seed = seed
    return settings
  }
}
