/// What is being trained, as the status line shows it.
package struct RunDescription: Sendable, Equatable, Codable {
  /// The data set, `digits`.
  package var data: String
  /// The network in short, `64→128→10`.
  package var network: String
  /// The optimizer with its settings, `SGD lr 0.1 momentum 0.9`.
  package var optimizer: String
  /// The number of samples in a batch; 0 in a script's run, whose batches and seed are not known.
  package var batchSize: Int
  /// The seed of all random numbers.
  package var seed: UInt64
  /// How many epochs the run has; 0 where it is not known.
  package var epochs: Int
  /// How many steps an epoch has; 0 where it is not known.
  package var stepsPerEpoch: Int
  /// The parameters' names in the model's order.
  package var parameterNames: [String]
  /// The names of the classes; empty where targets are not classes.
  package var classNames: [String]
  /// What was done to the data before training; nil where nothing is known of it.
  package var preparation: DataPreparation?
  /// Where the moments come from.
  package var source = Source.live
  /// Which of several processes it is; nil for the run of one.
  package var rank: Rank?

  /// One of several processes that train together.
  package struct Rank: Sendable, Equatable, Codable {
    /// Its number, from 0.
    package var number: Int
    /// How many there are.
    package var count: Int

    /// One of several processes.
    package init(_ number: Int, of count: Int) {
      self.number = number
      self.count = count
    }
  }

  /// Where a run's moments come from.
  package enum Source: Sendable, Equatable, Codable {
    /// Training runs in this process.
    case live
    /// A recording, by its file's name.
    case replay(file: String)
    /// A recording that another process is writing.
    case watch(file: String)
  }

  /// A description of a run.
  package init(
    data: String, network: String, optimizer: String, batchSize: Int, seed: UInt64, epochs: Int,
    stepsPerEpoch: Int, parameterNames: [String] = [], classNames: [String] = []
  ) {
    self.data = data
    self.network = network
    self.optimizer = optimizer
    self.batchSize = batchSize
    self.seed = seed
    self.epochs = epochs
    self.stepsPerEpoch = stepsPerEpoch
    self.parameterNames = parameterNames
    self.classNames = classNames
  }

  /// Whether it is the run of a script, whose batches are not known.
  package var isScript: Bool { batchSize == 0 }

  /// The number that is to be come close to; nil where there are classes.
  package var regression: RegressionTarget? { preparation?.regression }

  /// How many steps the whole run has.
  package var stepCount: Int { epochs * stepsPerEpoch }
}

extension RunDescription {
  private enum CodingKeys: String, CodingKey {
    case data, network, optimizer, batchSize, seed, epochs, parameterNames, classNames, source, rank
    case preparation
    case stepsPerEpoch = "iterationsPerEpoch"
  }

  /// Reads a description; other programs may leave out names and the source.
  ///
  /// - Throws: what the decoder throws.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      data: try container.decode(String.self, forKey: .data),
      network: try container.decode(String.self, forKey: .network),
      optimizer: try container.decode(String.self, forKey: .optimizer),
      batchSize: try container.decode(Int.self, forKey: .batchSize),
      seed: try container.decode(UInt64.self, forKey: .seed),
      epochs: try container.decode(Int.self, forKey: .epochs),
      stepsPerEpoch: try container.decode(Int.self, forKey: .stepsPerEpoch),
      parameterNames: try container.decodeIfPresent([String].self, forKey: .parameterNames) ?? [],
      classNames: try container.decodeIfPresent([String].self, forKey: .classNames) ?? [])
    preparation = try container.decodeIfPresent(DataPreparation.self, forKey: .preparation)
    source = try container.decodeIfPresent(Source.self, forKey: .source) ?? .live
    rank = try container.decodeIfPresent(Rank.self, forKey: .rank)
  }
}
