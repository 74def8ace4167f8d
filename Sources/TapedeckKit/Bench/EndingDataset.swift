import Datasets
import Synchronization

/// Data that end a run where its first epoch is over and would be evaluated.
final class EndingDataset: Dataset {
  /// Thrown in the place of the first batch of the evaluation.
  struct EpochOver: Error {}

  private let data: any Dataset
  private let batchSize: Int
  private let now: @Sendable () -> Double
  private let seen = Mutex((isTraining: false, end: Double?.none))

  /// Data that are trained on in batches of a size.
  init(_ data: any Dataset, batchSize: Int, now: @escaping @Sendable () -> Double) {
    self.data = data
    self.batchSize = batchSize
    self.now = now
  }

  /// When the epoch was over; nil before.
  var end: Double? { seen.withLock(\.end) }

  var name: String { data.name }
  var count: Int { data.count }
  var featureCount: Int { data.featureCount }
  var classNames: [String] { data.classNames }
  var imageSize: (rows: Int, columns: Int)? { data.imageSize }

  func batch(at indices: [Int]) throws -> Batch {
    try seen.withLock { seen in
      if indices.count <= batchSize {
        seen.isTraining = true
      } else if seen.isTraining {
        // Before training a recording takes a large batch for the hash of the data.
        seen.end = now()
        throw EpochOver()
      }
    }
    return try data.batch(at: indices)
  }
}
