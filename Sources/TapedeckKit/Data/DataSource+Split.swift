import Datasets
import Localization
import Trace

extension DataSource {
  /// A file of the user's.
  static func file(
    _ argument: String, name: String? = nil, files: [String],
    load: @escaping @Sendable (Request) throws -> Split
  ) -> DataSource {
    let usual = Usual(optimizer: .adam, batchSize: 32, epochs: 200, hiddenLayers: [32])
    var source = DataSource(argument, name: name, usual: usual, load: load)
    source.files = files
    return source
  }

  /// Keeps every fifth sample, in an order drawn from the seed, to validate with.
  static func split(_ data: any Dataset, seed: UInt64) throws -> Split {
    var generator = Generator(seed: seed, purpose: .data)
    let order = generator.permutation(data.count)
    let held = max(1, data.count / 5)
    guard data.count >= 2 else {
      throw DatasetError.invalidArgument(
        name: data.name, expected: localized("at least 2 samples, one of them to validate with"),
        got: "\(data.count)")
    }
    return Split(
      train: try Subset(data, indices: Array(order.dropFirst(held))),
      validation: try Subset(data, indices: Array(order.prefix(held))))
  }
}

extension DataSource.Split {
  /// A table that is ready.
  init(_ table: PreparedTable) {
    train = table.train
    validation = table.validation
    preparation = DataPreparation(
      sentence: table.sentence, means: table.standardization?.means,
      deviations: table.standardization?.deviations,
      regression: table.targetScale.map {
        RegressionTarget(
          name: $0.name, mean: $0.mean, deviation: $0.deviation, trainVariance: $0.trainVariance,
          validationVariance: $0.validationVariance)
      })
  }
}
