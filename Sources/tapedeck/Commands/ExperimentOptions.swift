import ArgumentParser
import Foundation
import Localization
import TapedeckKit

/// The options that say what is trained, on what, and how.
struct ExperimentOptions: ExperimentArguments {
  @Option(
    help: .localized(
      """
      The data: \(DataSource.choices). The digits are part of the program.
      """),
    completion: .data, transform: OptionValue.data)
  var data: DataSource?

  @Option(
    help: .localized("The folder with the files of mnist or a set like it, such as emnist-letters."),
    completion: .directory)
  var dataDir: String?

  @Flag(help: .localized("Download the files of mnist or fashion-mnist if they are missing."))
  var download = false

  @Option(
    help:
      .localized(
        "The sizes of the layers, from input to output, such as 64,128,10; by default they depend on the data."
      ),
    transform: OptionValue.layers)
  var layers: [Int]?

  @Option(
    help: .localized("The activation between the layers: \(OptionValue.names(Activation.allCases))."),
    completion: .choices(of: Activation.self), transform: OptionValue.choice)
  var activation: Activation?

  @Option(
    help: .localized(
      "The loss: cross-entropy, nll (log-softmax, then NLLLoss) or mse (against one-hot labels)."),
    completion: .choices(of: LossKind.self), transform: OptionValue.choice)
  var loss: LossKind?

  @Option(
    name: .customLong("init"),
    help: .localized("How the weights are drawn: \(OptionValue.names(Initialization.allCases))."),
    completion: .choices(of: Initialization.self), transform: OptionValue.choice)
  var initialization: Initialization?

  @Option(
    help: .localized("The optimizer: \(OptimizerKind.names(localized("or")))."),
    completion: .choices(of: OptimizerKind.self), transform: OptionValue.optimizer)
  var optimizer: OptimizerKind?

  @Option(
    name: .customLong("lr"), parsing: .unconditional,
    help: .localized("The learning rate: how far an update moves the parameters."),
    transform: OptionValue.number)
  var learningRate: Double?

  @Option(
    parsing: .unconditional,
    help: .localized("The momentum: how much of the last update is kept in the next, from 0 to below 1."),
    transform: OptionValue.number)
  var momentum: Double?

  @Option(
    parsing: .unconditional,
    help: .localized("The weight decay: how much of each parameter is added to its gradient."),
    transform: OptionValue.number)
  var weightDecay: Double?

  @Option(
    name: .customLong("batch"), parsing: .unconditional,
    help: .localized("The number of samples in a batch."),
    transform: OptionValue.wholeNumber)
  var batchSize: Int?

  @Option(
    parsing: .unconditional, help: .localized("How many times to go through the data."),
    transform: OptionValue.wholeNumber)
  var epochs: Int?

  @Option(
    parsing: .unconditional, help: .localized("The seed of all random numbers; 42 by default."),
    transform: OptionValue.seed)
  var seed: UInt64?

  @Option(parsing: .unconditional, help: OptionValue.threadsHelp, transform: OptionValue.wholeNumber)
  var threads: Int?

  @OptionGroup(title: localized("Tables")) var table: TableArguments

  static var examples: ExperimentExamples {
    ExperimentExamples(
      train: [
        "train --paused", "train --layers 64,32,32,10 --lr 0.05 --epochs 50", "train --data spiral",
        "train --data fashion-mnist --headless", "train --data flowers.csv --target species",
        "train --headless --json > run.jsonl",
      ],
      inspect: [
        "inspect --step 300 --node fc1.linear --phase backward --json",
        "inspect --step 5 --node fc1.weight --view update --values",
        "inspect --step 300 --node fc1.weight --npy weight.npy",
      ],
      graph: [
        "graph", "graph --layers 64,32,32,10 --json",
        "graph --data mnist --dot | dot -Tsvg > graph.svg",
      ])
  }

  func experiment(in program: Program) throws -> ExperimentSource {
    let settings = settings
    try InputFile.takeStandardInput(for: settings.data.files + [settings.table?.test].compactMap(\.self))
    try prepareData(settings)
    return source(settings)
  }

  func experiment(resuming path: String, in program: Program) throws -> ExperimentSource {
    source(try RecordingFiles.settings(path, replayed, epochs: epochs))
  }

  func replayedRun(in program: Program) throws -> ReplayedRun {
    try replayed.checkData()
    return replayed
  }

  private var replayed: ReplayedRun {
    var run = ReplayedRun()
    run.data = data
    run.test = table.test
    run.dataFolder = dataDir
    run.environment = ProcessInfo.processInfo.environment
    return run
  }

  private func source(_ settings: TrainSettings) -> ExperimentSource {
    ExperimentSource(usualPace: settings.data.usualPace, settings: settings.recorded) {
      try settings.makeExperiment()
    }
  }

  /// The settings: the usual ones for the data, changed by the options that were given.
  private var settings: TrainSettings {
    var settings = TrainSettings(data: data ?? .digits, optimizer: optimizer)
    settings.layers = layers
    settings.activation = activation ?? settings.activation
    settings.loss = loss
    settings.initialization = initialization
    settings.learningRate = learningRate ?? settings.learningRate
    settings.momentum = momentum ?? settings.momentum
    settings.weightDecay = weightDecay ?? settings.weightDecay
    settings.batchSize = batchSize ?? settings.batchSize
    settings.epochs = epochs ?? settings.epochs
    settings.seed = seed ?? settings.seed
    settings.threads = threads
    settings.table = table.options
    settings.dataFolder = dataDir
    settings.environment = ProcessInfo.processInfo.environment
    return settings
  }

  /// An option that was given although the settings come from a recording; nil for none.
  var givenOption: String? {
    let given: [(String, Bool)] = [
      ("--layers", layers != nil), ("--activation", activation != nil), ("--loss", loss != nil),
      ("--init", initialization != nil), ("--optimizer", optimizer != nil), ("--lr", learningRate != nil),
      ("--momentum", momentum != nil), ("--weight-decay", weightDecay != nil), ("--batch", batchSize != nil),
      ("--seed", seed != nil), ("--threads", threads != nil),
    ]
    return given.first { $0.1 }?.0 ?? table.givenOption
  }

  func validate() throws {
    do { try settings.validate() } catch { throw ValidationError("\(error)") }
  }

  /// Checks that the data's files exist before anything starts, and downloads them if requested.
  private func prepareData(_ settings: TrainSettings) throws {
    guard let collection = settings.data.collection else { return }
    let canDownload = download && !collection.published.isEmpty
    let found = Result {
      try collection.folder(
        in: dataDir, environment: settings.environment, allowsTrainingAlone: !canDownload)
    }
    guard case .failure(let missing) = found else { return }
    guard canDownload else { throw missing }
    guard let folder = dataDir ?? collection.downloadFolder(environment: settings.environment) else {
      throw missing
    }
    let fetcher = Curl { bytes in say("\r  \(bytes / 1_000) kB") }
    try collection.download(into: folder, fetcher: fetcher) { file in
      say("\r" + localized("downloading \(file.name), \(file.byteCount / 1_000) kB") + "\n")
    }
    say("\n")
  }
}

/// Shows the progress of a download.
@Sendable private func say(_ text: String) {
  FileHandle.standardError.write(Data(text.utf8))
}
