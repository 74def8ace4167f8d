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
        tapedeck train --headless --json > run.jsonl
      """)

  @Option(help: ArgumentHelp("The sizes of the layers, from input to output.", valueName: "64,128,10"))
  var layers: LayerSizes = LayerSizes(TrainSettings().layers)

  @Option(help: "How the parameters are changed: sgd.")
  var optimizer: TrainSettings.OptimizerKind = .sgd

  @Option(name: .customLong("lr"), help: "The learning rate: the size of a step.")
  var learningRate = TrainSettings().learningRate

  @Option(help: "How much of the last step's direction is kept, from 0 to below 1.")
  var momentum = TrainSettings().momentum

  @Option(name: .customLong("batch"), help: "The samples in a batch.")
  var batchSize = TrainSettings().batchSize

  @Option(help: "How often to go through the data.")
  var epochs = TrainSettings().epochs

  @Option(help: "What all random numbers are drawn from.")
  var seed = TrainSettings().seed

  @Flag(help: "Stand before the first node.")
  var paused = false

  @Flag(help: "No screen: print one line an epoch. So it is too where standard output is no terminal.")
  var headless = false

  @Flag(help: "With no screen: print JSON objects, one a line.")
  var json = false

  func validate() throws {
    do { try settings.validate() } catch { throw ValidationError("\(error)") }
  }

  func run() throws {
    guard headless || json || isatty(STDOUT_FILENO) == 0 else { return }
    try printRun()
  }

  private var settings: TrainSettings {
    var settings = TrainSettings()
    settings.layers = layers.sizes
    settings.optimizer = optimizer
    settings.learningRate = learningRate
    settings.momentum = momentum
    settings.batchSize = batchSize
    settings.epochs = epochs
    settings.seed = seed
    return settings
  }

  private func printRun() throws {
    let report = EpochReport(isJSON: json)
    let run = HeadlessRun(try settings.makeExperiment(), now: monotonicSeconds)
    var last: EpochResult?
    try run.run { result in
      try write(report.line(for: result, of: epochs))
      last = result
    }
    if let last { try write(report.finalLine(for: last)) }
  }
}

/// Writes a line to standard output at once, so that a reader of the pipe sees each epoch as it ends.
private func write(_ line: String) throws {
  try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
}

/// Sizes on the command line, `64,128,10`.
struct LayerSizes: ExpressibleByArgument {
  let sizes: [Int]

  init(_ sizes: [Int]) { self.sizes = sizes }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let sizes = parts.compactMap { Int($0) }
    guard sizes.count == parts.count else { return nil }
    self.sizes = sizes
  }

  var defaultValueDescription: String { sizes.map(String.init).joined(separator: ",") }
}

extension TrainSettings.OptimizerKind: ExpressibleByArgument {}
