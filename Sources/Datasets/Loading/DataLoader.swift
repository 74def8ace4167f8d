import Autograd
import Localization
import Synchronization

/// Cuts a dataset into batches, in an order that is a function of the seed and the epoch alone.
///
/// Any batch of any epoch can be asked for at any time and is always the same, so a run can be rewound.
/// Source: <https://pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader>
public struct DataLoader: Sendable {
  /// Where the samples come from.
  public let dataset: any Dataset
  /// The samples in a batch; the last batch of an epoch may have fewer.
  public let batchSize: Int
  /// Whether each epoch has an order of its own; otherwise all are in the dataset's order.
  public let shuffle: Bool
  /// Whether a last batch that is not full is left out.
  public let dropLast: Bool
  /// What the orders are drawn from.
  public let seed: UInt64

  private let orders = OrderCache()

  /// A loader for a dataset.
  ///
  /// - Parameters:
  ///   - dataset: Where the samples come from.
  ///   - batchSize: The samples in a batch.
  ///   - shuffle: Whether each epoch has an order of its own.
  ///   - dropLast: Whether a last batch that is not full is left out.
  ///   - seed: What the orders are drawn from.
  /// - Throws: `DatasetError.invalidArgument` if no epoch would have a batch.
  public init(
    _ dataset: any Dataset, batchSize: Int, shuffle: Bool = false, dropLast: Bool = false, seed: UInt64 = 0
  ) throws(DatasetError) {
    guard batchSize > 0 else {
      throw .invalidArgument(name: "batchSize", expected: localized("at least 1"), got: "\(batchSize)")
    }
    guard dataset.count > 0, !dropLast || dataset.count >= batchSize else {
      throw .invalidArgument(
        name: "batchSize",
        expected: localized("enough samples for one batch (dataset \(dataset.name) has \(dataset.count))"),
        got: "\(batchSize)")
    }
    self.dataset = dataset
    self.batchSize = batchSize
    self.shuffle = shuffle
    self.dropLast = dropLast
    self.seed = seed
  }

  /// The number of batches in an epoch; PyTorch's `len(loader)`.
  public var stepsPerEpoch: Int {
    // Rounded up without adding first: the batch size may be any number.
    dataset.count / batchSize + (dropLast || dataset.count.isMultiple(of: batchSize) ? 0 : 1)
  }

  /// The number of samples that an epoch goes through.
  package var samplesPerEpoch: Int { dropLast ? stepsPerEpoch * batchSize : dataset.count }

  /// The samples' indices in the order of an epoch.
  public func order(epoch: Int) -> [Int] {
    guard shuffle else { return Array(0..<dataset.count) }
    return orders.order(epoch: epoch) {
      var generator = Generator(seed: seed, purpose: .shuffling, step: epoch)
      return generator.permutation(dataset.count)
    }
  }

  /// The samples' indices of one batch.
  ///
  /// - Parameters:
  ///   - epoch: The epoch, from 0.
  ///   - index: The batch in the epoch, from 0.
  /// - Returns: The indices, `batchSize` of them unless the batch is the epoch's last.
  /// - Throws: `DatasetError.invalidArgument` if the epoch is negative or has no such batch.
  public func indices(epoch: Int, index: Int) throws(DatasetError) -> [Int] {
    guard epoch >= 0 else {
      throw .invalidArgument(name: "epoch", expected: localized("at least 0"), got: "\(epoch)")
    }
    guard (0..<stepsPerEpoch).contains(index) else {
      throw .invalidArgument(
        name: "index", expected: localized("a batch from 0 to \(stepsPerEpoch - 1)"), got: "\(index)")
    }
    let start = index * batchSize
    let end = start + min(batchSize, dataset.count - start)
    return shuffle ? Array(order(epoch: epoch)[start..<end]) : Array(start..<end)
  }

  /// One batch of an epoch.
  ///
  /// - Parameters:
  ///   - epoch: The epoch, from 0.
  ///   - index: The batch in the epoch, from 0.
  /// - Returns: The batch.
  /// - Throws: `DatasetError.invalidArgument` if there is no such batch.
  public func batch(epoch: Int, index: Int) throws -> Batch {
    try dataset.batch(at: indices(epoch: epoch, index: index))
  }

  /// The batch that training takes at a step, counted from 0 over all epochs.
  ///
  /// - Parameter step: The step.
  /// - Returns: The batch.
  /// - Throws: `DatasetError.invalidArgument` if the step is negative.
  public func batch(step: Int) throws -> Batch {
    guard step >= 0 else {
      throw DatasetError.invalidArgument(name: "iteration", expected: localized("at least 0"), got: "\(step)")
    }
    return try batch(epoch: step / stepsPerEpoch, index: step % stepsPerEpoch)
  }
}

/// The order of the epoch asked for last, so that a run in sequence draws each order once.
///
/// The mutex owns it; what it holds never shows, since an order is a function of the seed and the epoch.
private final class OrderCache: Sendable {
  private let latest = Mutex<(epoch: Int, order: [Int])?>(nil)

  func order(epoch: Int, draw: () -> [Int]) -> [Int] {
    latest.withLock { latest in
      if let latest, latest.epoch == epoch { return latest.order }
      let order = draw()
      latest = (epoch, order)
      return order
    }
  }
}
