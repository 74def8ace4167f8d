import Autograd

/// A finite set of samples that can be gathered into batches in any order.
///
/// Source: PyTorch's map-style datasets,
/// <https://pytorch.org/docs/stable/data.html#map-style-datasets>
public protocol Dataset: Sendable {
  /// The set's name, as errors and the screen show it.
  var name: String { get }
  /// The number of samples.
  var count: Int { get }
  /// The number of input values of one sample.
  var featureCount: Int { get }
  /// The names of the classes; empty if the targets are not classes.
  var classNames: [String] { get }
  /// Rows and columns of a sample, where samples are images.
  var imageSize: (rows: Int, columns: Int)? { get }
  /// The number of a sample in the data that bear the set's name, of which this set may be a part.
  func number(of index: Int) -> Int

  /// Gathers samples into one batch.
  ///
  /// - Parameter indices: The samples' indices, in any order, repeats allowed.
  /// - Returns: The batch, its rows in the order of `indices`.
  /// - Throws: `DatasetError.indexOutOfRange` for an index that is not from 0 to `count - 1`.
  func batch(at indices: [Int]) throws -> Batch
}

extension Dataset {
  /// Samples are not images unless a dataset says so.
  public var imageSize: (rows: Int, columns: Int)? { nil }
  /// Its index, unless the set is a part of another.
  public func number(of index: Int) -> Int { index }

  /// Checks that all indices name samples.
  package func check(_ indices: [Int]) throws(DatasetError) {
    if let index = indices.first(where: { $0 < 0 || $0 >= count }) {
      throw .indexOutOfRange(dataset: name, index: index, count: count)
    }
  }
}
