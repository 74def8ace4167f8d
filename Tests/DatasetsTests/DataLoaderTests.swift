import Autograd
import Datasets
import Testing

@Suite struct DataLoaderTests {
  /// Rows 0 to `count - 1`, each holding its own number.
  func rows(_ count: Int) throws -> TableDataset {
    try TableDataset(
      name: "rows", featureNames: ["x"], features: (0..<count).map { Float($0) },
      targets: .classes(Array(0..<count), names: (0..<count).map(String.init)))
  }

  func epoch(_ loader: DataLoader, _ epoch: Int) throws -> [[Int]] {
    try (0..<loader.stepsPerEpoch).map { try loader.indices(epoch: epoch, index: $0) }
  }

  @Test func withoutShufflingBatchesFollowTheDatasetsOrder() throws {
    let loader = try DataLoader(rows(5), batchSize: 2)
    #expect(try epoch(loader, 0) == [[0, 1], [2, 3], [4]])
    #expect(try epoch(loader, 7) == [[0, 1], [2, 3], [4]])
  }

  @Test func dropLastLeavesOutABatchThatIsNotFull() throws {
    #expect(try epoch(DataLoader(rows(5), batchSize: 2, dropLast: true), 0) == [[0, 1], [2, 3]])
    #expect(try epoch(DataLoader(rows(4), batchSize: 2, dropLast: true), 0) == [[0, 1], [2, 3]])
  }

  // len(torch.utils.data.DataLoader(range(count), batch_size, drop_last=...))
  @Test(arguments: [(1500, 64, 24, 23), (64, 64, 1, 1), (65, 64, 2, 1), (128, 64, 2, 2)])
  func stepsPerEpochAreAsPyTorchCounts(count: Int, size: Int, all: Int, full: Int) throws {
    #expect(try DataLoader(rows(count), batchSize: size).stepsPerEpoch == all)
    #expect(try DataLoader(rows(count), batchSize: size, dropLast: true).stepsPerEpoch == full)
  }

  @Test func aBatchSizeAboveTheCountGivesOneBatch() throws {
    #expect(try epoch(DataLoader(rows(3), batchSize: .max), 0) == [[0, 1, 2]])
  }

  @Test func everyShuffledEpochHasEverySampleOnce() throws {
    let loader = try DataLoader(rows(100), batchSize: 7, shuffle: true, seed: 42)
    for number in 0..<5 {
      #expect(try epoch(loader, number).joined().sorted() == Array(0..<100))
    }
  }

  @Test func ordersDifferBetweenEpochsAndSeeds() throws {
    let loader = try DataLoader(rows(100), batchSize: 10, shuffle: true, seed: 42)
    let other = try DataLoader(rows(100), batchSize: 10, shuffle: true, seed: 43)
    #expect(loader.order(epoch: 0) != Array(0..<100))
    #expect(loader.order(epoch: 0) != loader.order(epoch: 1))
    #expect(loader.order(epoch: 0) != other.order(epoch: 0))
  }

  @Test func aBatchDoesNotDependOnWhatWasAskedBefore() throws {
    let fresh = try DataLoader(rows(100), batchSize: 10, shuffle: true, seed: 42)
    let late = try fresh.indices(epoch: 5, index: 3)
    let used = try DataLoader(rows(100), batchSize: 10, shuffle: true, seed: 42)
    for number in [0, 5, 2, 5, 1] { _ = try epoch(used, number) }
    #expect(try used.indices(epoch: 5, index: 3) == late)
  }

  @Test func theOrderIsThePermutationOfTheShufflingGenerator() throws {
    var generator = Generator(seed: 42, purpose: .shuffling, step: 3)
    let loader = try DataLoader(rows(50), batchSize: 10, shuffle: true, seed: 42)
    #expect(loader.order(epoch: 3) == generator.permutation(50))
  }

  @Test func aBatchHoldsTheSamplesOfItsIndices() throws {
    let loader = try DataLoader(rows(10), batchSize: 4, shuffle: true, seed: 1)
    let batch = try loader.batch(epoch: 0, index: 2)
    #expect(batch.count == 2)
    #expect(batch.inputs.array(Double.self) == batch.indices.map(Double.init))
    #expect(batch.targets.integers() == batch.indices)
  }

  @Test func stepsCountOverAllEpochs() throws {
    let loader = try DataLoader(rows(10), batchSize: 4, shuffle: true, seed: 1)
    #expect(try loader.batch(step: 7).indices == loader.indices(epoch: 2, index: 1))
  }

  @Test func settingsThatLeaveNoBatchAreRefused() throws {
    let rows = try rows(3)
    #expect(throws: DatasetError.invalidArgument(name: "batchSize", expected: "at least 1", got: "0")) {
      try DataLoader(rows, batchSize: 0)
    }
    let error = datasetError { try DataLoader(rows, batchSize: 4, dropLast: true) }
    #expect(
      error?.description
        == "batchSize expects enough samples for one batch (dataset rows has 3), but got 4.")
  }

  @Test func aBatchThatNoEpochHasIsRefused() throws {
    let loader = try DataLoader(rows(10), batchSize: 4)
    let expected = DatasetError.invalidArgument(name: "index", expected: "a batch from 0 to 2", got: "3")
    #expect(throws: expected) { try loader.batch(epoch: 0, index: 3) }
    #expect(throws: DatasetError.self) { try loader.batch(epoch: 0, index: -1) }
    #expect(throws: DatasetError.self) { try loader.batch(epoch: -1, index: 0) }
    #expect(throws: DatasetError.self) { try loader.batch(step: -1) }
  }
}
