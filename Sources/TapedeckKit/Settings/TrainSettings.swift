import Autograd
import Datasets
import Localization
import NN
import Training

/// The choices of `tapedeck train`: a value that can cross to the training queue and be made an experiment there.
package struct TrainSettings: Sendable, Equatable {
  /// What is trained on.
  package var data: DataSource
  /// The sizes of the layers, from input to output; nil for those usual for the data.
  package var layers: [Int]?
  /// The activation between the layers.
  package var activation = Activation.relu
  /// The loss; nil for what is usual: cross-entropy for classes, the mean squared error for a number.
  package var loss: LossKind?
  /// How the weights are drawn; nil for what is usual for the data.
  package var initialization: Initialization?
  /// The optimizer.
  package var optimizer: OptimizerKind
  /// The learning rate.
  package var learningRate: Double
  /// The momentum; 0 for optimizers that take none.
  package var momentum: Double
  /// How much of each parameter is added to its gradient.
  package var weightDecay = 0.0
  /// The number of samples in a batch.
  package var batchSize: Int
  /// How many times to go through the data.
  package var epochs: Int
  /// The seed of all random numbers.
  package var seed: UInt64 = 42
  /// The maximum number of threads for matrix products and long loops; nil for the usual number.
  package var threads: Int?
  /// What is decided about a table; nil for the settings of a recording from before that could be decided.
  package var table: TableOptions? = TableOptions()
  /// The folder to look for the files of MNIST and Fashion-MNIST in; nil for the usual places.
  package var dataFolder: String?
  /// The environment, which says where downloads are.
  package var environment: [String: String] = [:]

  /// The usual settings for some data: for the digits the guide's first network, for MNIST its final exercise.
  package init(data: DataSource = .digits, optimizer: OptimizerKind? = nil) {
    self.data = data
    (batchSize, epochs) = (data.usual.batchSize, data.usual.epochs)
    self.optimizer = optimizer ?? data.usual.optimizer
    learningRate = self.optimizer.usualLearningRate
    momentum = self.optimizer.usualMomentum ?? 0
  }

  /// The most samples that a batch may be asked for: more than any data have, and few enough to count with.
  private static let largestBatch = 1_000_000_000

  /// Checks that the settings fit each other and the data, before anything starts.
  ///
  /// - Parameter checksSize: whether a network of the layers must not be too large to be made; those of a recording are
  ///   compared with its parameters.
  /// - Throws: ``SettingsError`` for the first setting that does not.
  package func validate(checksSize: Bool = true) throws(SettingsError) {
    try require(
      layers.map { $0.count >= 2 && $0.allSatisfy((1...65_536).contains) } ?? true, "--layers",
      localized("at least two sizes from 1 to 65536, such as 64,128,10"), layersText)
    if checksSize { try checkSize() }
    try validateTable()
    if let sizes = data.knownSizes { try checkLayers(inputs: sizes.inputs, classes: sizes.classes) }
    try require(
      learningRate.isFinite && learningRate > 0, "--lr", localized("a number above 0, such as 0.1"),
      "\(learningRate)")
    try require(
      momentum >= 0 && momentum < 1, "--momentum", localized("a number from 0 to below 1"), "\(momentum)")
    try require(
      momentum == 0 || optimizer.usualMomentum != nil, "--momentum",
      localized(
        """
        0 with \(optimizer.rawValue), which keeps its own moments \
        (\(OptimizerKind.names(localized("and")) { $0.usualMomentum != nil }) take one)
        """), "\(momentum)")
    try require(
      weightDecay.isFinite && weightDecay >= 0, "--weight-decay", localized("a number of at least 0"),
      "\(weightDecay)")
    try require(
      (1...TrainSettings.largestBatch).contains(batchSize), "--batch",
      localized("a whole number from 1 to \(TrainSettings.largestBatch)"), "\(batchSize)")
    try require(
      threads.map { (1...4_096).contains($0) } ?? true, "--threads",
      localized("a whole number from 1 to 4096"),
      "\(threads ?? 0)")
    try require(
      (1...1_000_000).contains(epochs), "--epochs", localized("a whole number from 1 to 1000000"), "\(epochs)"
    )
  }

  /// The experiment that these settings describe, made on the calling thread.
  ///
  /// - Throws: ``SettingsError``, or `DatasetError` from reading the data.
  package func makeExperiment() throws -> Experiment {
    try validate()
    let split = try data.load(
      .init(seed: seed, folder: dataFolder, environment: environment, table: table))
    let (inputs, classes) = (split.train.featureCount, max(split.train.classNames.count, 1))
    let isRegression = split.train.classNames.isEmpty
    try checkLayers(inputs: inputs, classes: classes, isRegression: isRegression)
    try require(
      !isRegression || loss == nil || loss == .squaredError, "--loss",
      localized("mse where the target of \(data.name) is a number"), loss?.rawValue ?? "")
    var experiment = try makeExperiment(
      layers: layers ?? [inputs] + data.usual.hiddenLayers + [classes], train: split.train,
      validation: split.validation)
    experiment.preparation = split.preparation
    return experiment
  }

  /// The experiment that these settings make with the sizes of a network and data.
  func makeExperiment(
    layers: [Int], train: any Dataset, validation: (any Dataset)?
  ) throws -> Experiment {
    var generator = Generator(seed: seed, purpose: .initialization)
    let model = MultilayerPerceptron(
      sizes: layers, activation: activation, initialization: initialization ?? data.usual.initialization,
      generator: &generator)
    var experiment = Experiment(
      name: data.name, model: model,
      loss: (loss ?? (train.classNames.isEmpty ? .squaredError : .crossEntropy)).make(),
      optimizer: optimizer.make(
        model.namedParameters(), learningRate: learningRate, momentum: momentum, weightDecay: weightDecay),
      trainData: try DataLoader(train, batchSize: batchSize, shuffle: true, seed: seed),
      validationData: validation, epochs: epochs, seed: seed)
    experiment.productThreads = ProductThreads(maximum: threads)
    experiment.isOfOptions = true
    return experiment
  }

  private func checkLayers(
    inputs: Int, classes: Int, isRegression: Bool = false
  ) throws(SettingsError) {
    try require(
      layers.map { $0.first == inputs && $0.last == classes } ?? true, "--layers",
      isRegression
        ? localized("\(inputs) first and 1 last for \(data.name): \(inputs) inputs and a number")
        : localized(
          "\(inputs) first and \(classes) last for \(data.name): \(inputs) inputs and \(classes) classes"),
      layersText)
  }

  /// Checks that what is decided about a table fits the data.
  private func validateTable() throws(SettingsError) {
    guard let table else { return }
    try require(
      table.validation.map { $0 > 0 && $0 < 1 } ?? true, "--validation",
      localized("a share above 0 and below 1, such as 0.2"), "\(table.validation ?? 0)")
    try require(
      table.validation == nil || table.test == nil, "--validation", localized("to be given without --test"),
      "\(table.validation ?? 0)")
    let words = table.words
    let forTables = ["--target", "--separator", "--header", "--drop", "--missing"]
    if !data.isTable, let given = words.first(where: { forTables.contains($0.option) || !data.isFile }) {
      throw SettingsError(
        option: given.option, expected: localized("a table as --data, such as FILE.csv"), got: data.argument)
    }
  }

  /// The most layers, the input included: a step of more takes too long.
  static let mostLayers = 1_024
  /// The most weights between them: with an optimizer's memory they take several gigabytes.
  private static let mostWeights = 250_000_000

  /// Checks that a network of the layers can be made.
  private func checkSize() throws(SettingsError) {
    guard let layers else { return }
    let most = TrainSettings.mostLayers
    try require(
      layers.count <= most, "--layers", localized("at most \(most) sizes"), localized("\(layers.count) sizes")
    )
    let weights = zip(layers, layers.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    try require(
      weights <= TrainSettings.mostWeights, "--layers",
      localized("a network with at most \(TrainSettings.mostWeights) weights"),
      localized("\(weights) of them"))
  }

  private var layersText: String {
    let sizes = layers ?? []
    return sizes.prefix(12).map(String.init).joined(separator: ",") + (sizes.count > 12 ? ",…" : "")
  }

  private func require(
    _ holds: Bool, _ option: String, _ expected: String, _ got: String
  ) throws(SettingsError) {
    guard holds else { throw SettingsError(option: option, expected: expected, got: got) }
  }
}
