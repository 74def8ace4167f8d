import Datasets
import Localization

extension DataSource {
  /// A file of the user's, of which every fifth sample validates.
  static func file(
    _ argument: String, name: String? = nil, files: [String],
    read: @escaping @Sendable () throws -> any Dataset
  ) -> DataSource {
    let usual = Usual(optimizer: .adam, batchSize: 32, epochs: 50, hiddenLayers: [32])
    var source = DataSource(argument, name: name, usual: usual) { try split(read(), seed: $0.seed) }
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
