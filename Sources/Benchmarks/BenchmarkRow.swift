import Localization
import TapedeckKit

/// One line of the benchmark: a network, what it is trained on, and what a step of it is.
package struct BenchmarkRow: Sendable, Equatable {
  /// Where a step's batch comes from.
  package enum Source: String, Sendable, Codable {
    /// A step is a whole epoch of batches, gathered from image bytes, normalised and shuffled.
    case loader
    /// A step is one batch that is in memory already.
    case memory
  }

  /// A short name, to choose it by.
  package let name: String
  /// What is done, in a sentence.
  package let work: String
  /// The sizes of the layers, from input to output.
  package let layers: [Int]
  /// The samples of a batch.
  package let batchSize: Int
  /// The samples of an epoch; the batch itself if it is in memory.
  package let sampleCount: Int
  /// The optimizer.
  package let optimizer: OptimizerKind
  /// The learning rate.
  package let learningRate: Double
  /// Where the batches come from.
  package let source: Source
  /// NumPy's type for the numbers.
  let peerPrecision: String
  /// How many times as fast as a peer it should be.
  package let targets: [BenchmarkPeer.Library: Double]

  init(
    _ name: String, _ work: String, layers: [Int], batchSize: Int, sampleCount: Int? = nil,
    optimizer: OptimizerKind = .sgd, source: Source = .memory,
    peerPrecision: String = "float32", targets: [BenchmarkPeer.Library: Double] = [:]
  ) {
    self.name = name
    self.work = work
    self.layers = layers
    self.batchSize = batchSize
    self.sampleCount = sampleCount ?? batchSize
    self.optimizer = optimizer
    learningRate = optimizer == .adam ? 0.001 : 0.01
    self.source = source
    self.peerPrecision = peerPrecision
    self.targets = targets
  }

  /// The rows of `tapedeck bench`.
  package static let all = [
    BenchmarkRow(
      "exercise", localized("784-128-64-10, Adam, batch 64: one epoch of 60,000 images with data loading"),
      layers: [784, 128, 64, 10], batchSize: 64, sampleCount: 60_000, optimizer: .adam, source: .loader,
      targets: [.pytorch: 25]),
    BenchmarkRow(
      "exercise-step", localized("784-128-64-10, Adam, batch 64: one step, data in memory"),
      layers: [784, 128, 64, 10],
      batchSize: 64, optimizer: .adam, targets: [.pytorch: 3]),
    BenchmarkRow(
      "digits", localized("64-128-10, SGD, batch 64: one step"), layers: [64, 128, 10], batchSize: 64,
      targets: [.pytorch: 6]),
    BenchmarkRow(
      "toy", localized("2-16-16-3, SGD, batch 32: one step"), layers: [2, 16, 16, 3], batchSize: 32,
      targets: [.pytorch: 15]),
    BenchmarkRow(
      "wide", localized("784-1024-1024-10, Adam, batch 128: one step"), layers: [784, 1024, 1024, 10],
      batchSize: 128,
      optimizer: .adam, targets: [.pytorch: 1.2]),
    BenchmarkRow(
      "full-batch", localized("784-128-10, SGD, all 60,000 at once: one step (NumPy in its own float64)"),
      layers: [784, 128, 10],
      batchSize: 60_000, peerPrecision: "float64", targets: [.pytorch: 1, .numpy: 3]),
  ]

  /// The same row with a tenth of the samples where there are many: enough to see that it runs.
  var brief: BenchmarkRow {
    guard sampleCount >= 10_000 else { return self }
    return BenchmarkRow(
      name, work, layers: layers, batchSize: min(batchSize, sampleCount / 10), sampleCount: sampleCount / 10,
      optimizer: optimizer, source: source, peerPrecision: peerPrecision,
      targets: targets)
  }

  /// Whether a library's script takes these steps; NumPy has no loader.
  func isMeasured(with library: BenchmarkPeer.Library) -> Bool { library == .pytorch || source == .memory }

  /// The floating-point operations of a step's matrix products: forward, and backward to every weight and to
  /// every input but the first, two for each multiplication.
  var operationCount: Double {
    let weights = zip(layers, layers.dropFirst()).map { Double($0 * $1) }
    let forwardAndWeights = 2 * weights.reduce(0, +)
    return 2 * Double(sampleCount) * (forwardAndWeights + weights.dropFirst().reduce(0, +))
  }
}
