import Autograd
import Localization

/// Some samples of another dataset, in an order of their own.
///
/// Source: <https://pytorch.org/docs/stable/data.html#torch.utils.data.Subset>
public struct Subset: Dataset {
  /// The dataset the samples belong to.
  public let base: any Dataset
  /// The samples' indices in it.
  public let indices: [Int]

  /// Picks samples.
  ///
  /// - Parameters:
  ///   - base: The dataset to pick from.
  ///   - indices: The samples' indices in it.
  /// - Throws: `DatasetError.indexOutOfRange` for an index that names no sample.
  public init(_ base: any Dataset, indices: [Int]) throws(DatasetError) {
    try base.check(indices)
    self.base = base
    self.indices = indices
  }

  /// The name of the dataset it is a part of.
  public var name: String { base.name }
  /// The number of samples picked.
  public var count: Int { indices.count }
  /// The number of input values of one sample.
  public var featureCount: Int { base.featureCount }
  /// The names of the classes.
  public var classNames: [String] { base.classNames }
  /// Rows and columns of a sample, where samples are images.
  public var imageSize: (rows: Int, columns: Int)? { base.imageSize }

  /// The number of a sample in the dataset it belongs to.
  public func number(of index: Int) -> Int {
    indices.indices.contains(index) ? base.number(of: indices[index]) : index
  }

  /// Gathers samples; the batch's indices are those of this subset.
  ///
  /// - Parameter indices: Indices into this subset.
  /// - Returns: The batch.
  /// - Throws: `DatasetError.indexOutOfRange` for an index that names no sample.
  public func batch(at indices: [Int]) throws -> Batch {
    try check(indices)
    var batch = try base.batch(at: indices.map { self.indices[$0] })
    batch.indices = indices
    return batch
  }
}

extension Dataset {
  /// Parts the samples at random into two sets, the first with a share of them.
  ///
  /// Source: <https://pytorch.org/docs/stable/data.html#torch.utils.data.random_split>
  ///
  /// - Parameters:
  ///   - share: The first set's share, from 0 to 1; its count is rounded to the nearest.
  ///   - seed: What the partition is drawn from.
  /// - Returns: The two sets, which have no sample in common and together have all.
  /// - Throws: `DatasetError.invalidArgument` for a share outside 0 to 1.
  public func randomSplit(_ share: Double, seed: UInt64) throws(DatasetError) -> (Subset, Subset) {
    guard (0...1).contains(share) else {
      throw .invalidArgument(name: "share", expected: localized("a number from 0 to 1"), got: "\(share)")
    }
    var generator = Generator(seed: seed, purpose: .data)
    let order = generator.permutation(count)
    let first = Int((Double(count) * share).rounded())
    return (
      try Subset(self, indices: Array(order[..<first])), try Subset(self, indices: Array(order[first...]))
    )
  }
}
