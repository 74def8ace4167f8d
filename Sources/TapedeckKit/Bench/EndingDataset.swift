import Datasets
import Synchronization

/// Data that end a run where its first epoch is over and would be evaluated.
final class EndingDataset: Dataset {
  /// Thrown in the place of the first batch of the evaluation.
  struct EpochOver: Error {}

  private let data: any Dataset
  private let batchSize: Int
  private let isTraining = Mutex(false)

  /// Data that are trained on in batches of a size.
  init(_ data: any Dataset, batchSize: Int) {
    self.data = data
    self.batchSize = batchSize
  }

  var name: String { data.name }
  var count: Int { data.count }
  var featureCount: Int { data.featureCount }
  var classNames: [String] { data.classNames }
  var imageSize: (rows: Int, columns: Int)? { data.imageSize }

  func batch(at indices: [Int]) throws -> Batch {
    try isTraining.withLock { isTraining in
      // Before training a recording takes a large batch for the hash of the data.
      if indices.count > batchSize, isTraining { throw EpochOver() }
      isTraining = indices.count <= batchSize
    }
    return try data.batch(at: indices)
  }
}
