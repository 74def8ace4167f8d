import ArgumentParser
import Foundation
import Localization
import Training

/// The commands of a program of the user's own.
struct OwnProgram: ParsableCommand {
  private typealias Experiment = OwnExperimentOptions
  private typealias Data = OwnDataOptions

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Program.name,
      abstract: localized("Train \(Program.name)'s network and watch it in Tapedeck."),
      discussion: localized(
        "Without a subcommand it trains: '\(Program.name) train --help' lists the options."),
      subcommands: [
        TrainCommand<Experiment>.self, ReplayCommand<Data>.self, WatchCommand<Data>.self,
        InfoCommand<Data>.self, RepairCommand.self, DiffCommand<Data>.self, RunsCommand<Data>.self,
        ExportCommand<Data>.self, InspectCommand<Experiment>.self, GraphCommand<Experiment>.self,
        DiagnoseCommand<Experiment>.self,
      ],
      defaultSubcommand: TrainCommand<Experiment>.self)
  }
}

/// What can be changed of any experiment.
struct OwnExperimentOptions: ExperimentArguments {
  static var examples: ExperimentExamples {
    ExperimentExamples(
      train: ["--paused", "--break 'loss > 10'", "--epochs 5 --headless --json", "--record run.tapedeck"],
      inspect: ["inspect --step 300 --phase backward", "inspect --step 5 --values --json"],
      graph: ["graph", "graph --dot | dot -Tsvg > graph.svg"])
  }

  @Option(
    parsing: .unconditional, help: .localized("How many times to go through the data."),
    transform: OptionValue.wholeNumber)
  var epochs: Int?

  @Option(
    name: .customLong("lr"), parsing: .unconditional,
    help: .localized("The learning rate: how far an update moves the parameters."),
    transform: OptionValue.number)
  var learningRate: Double?

  @Option(parsing: .unconditional, help: OptionValue.threadsHelp, transform: OptionValue.wholeNumber)
  var threads: Int?

  func validate() throws {
    try check(
      epochs.map((1...1_000_000).contains), "--epochs", localized("a whole number from 1 to 1000000"), epochs)
    try check(
      learningRate.map { $0 > 0 && $0.isFinite }, "--lr", localized("a number above 0, such as 0.1"),
      learningRate)
    try check(
      threads.map((1...4_096).contains), "--threads", localized("a whole number from 1 to 4096"), threads)
  }

  private func check(
    _ holds: Bool?, _ option: String, _ expected: String, _ got: (some Any)?
  ) throws {
    guard holds == false, let got else { return }
    throw ValidationError("\(SettingsError(option: option, expected: expected, got: "\(got)"))")
  }

  var givenOption: String? { learningRate != nil ? "--lr" : threads != nil ? "--threads" : nil }

  func experiment(in program: Program) throws -> ExperimentSource {
    guard let make = program.make else { throw CleanExit.helpRequest() }
    let (epochs, learningRate, threads) = (epochs, learningRate, threads)
    return ExperimentSource {
      var experiment = try make()
      experiment.epochs = epochs ?? experiment.epochs
      if let learningRate { try experiment.begin(atLearningRate: learningRate) }
      if let threads { experiment.productThreads = ProductThreads(maximum: threads) }
      return experiment
    }
  }

  func experiment(resuming path: String, in program: Program) throws -> ExperimentSource {
    try experiment(in: program)
  }

  func replayedRun(in program: Program) throws -> ReplayedRun {
    try OwnDataOptions().replayedRun(in: program)
  }
}

/// A program of the user's own makes the data of its recordings itself.
struct OwnDataOptions: RecordedDataArguments {
  static let examples: [String] = []

  func replayedRun(in program: Program) throws -> ReplayedRun {
    var run = ReplayedRun()
    run.make = program.make
    return run
  }
}

extension Experiment {
  /// Sets the learning rate before the first step; a schedule begins there.
  ///
  /// - Throws: `NNError` if the optimizer does not take it.
  fileprivate func begin(atLearningRate rate: Double) throws {
    try optimizer.setHyperparameter("lr", to: rate)
    schedule?.restart()
  }
}
