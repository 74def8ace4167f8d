import Autograd
import Datasets
import Testing

@Suite struct SubsetTests {
  @Test func aSubsetGathersTheBasesSamples() throws {
    let subset = try Subset(ImageDataset.digitsTrain(), indices: [10, 20, 30])
    #expect(subset.count == 3)
    #expect(subset.featureCount == 64)
    let batch = try subset.batch(at: [2, 0])
    let base = try subset.base.batch(at: [30, 10])
    #expect(batch.inputs.array(Float.self) == base.inputs.array(Float.self))
    #expect(batch.targets.integers() == base.targets.integers())
    #expect(batch.indices == [2, 0])
  }

  @Test func indicesAreThoseOfTheSubset() throws {
    let subset = try Subset(ImageDataset.digitsTrain(), indices: [10, 20, 30])
    #expect(throws: DatasetError.indexOutOfRange(dataset: "digits train", index: 3, count: 3)) {
      try subset.batch(at: [3])
    }
    #expect(throws: DatasetError.indexOutOfRange(dataset: "digits train", index: 1500, count: 1500)) {
      try Subset(ImageDataset.digitsTrain(), indices: [1500])
    }
  }

  @Test(arguments: [(0.0, 0), (0.8, 1200), (1.0, 1500)])
  func aSplitPartsAllSamplesByTheShare(share: Double, first: Int) throws {
    let (train, validation) = try ImageDataset.digitsTrain().randomSplit(share, seed: 3)
    #expect(train.count == first)
    #expect((train.indices + validation.indices).sorted() == Array(0..<1500))
  }

  @Test func aSplitIsAFunctionOfTheSeed() throws {
    let digits = try ImageDataset.digitsTrain()
    #expect(try digits.randomSplit(0.5, seed: 3).0.indices == digits.randomSplit(0.5, seed: 3).0.indices)
    #expect(try digits.randomSplit(0.5, seed: 3).0.indices != digits.randomSplit(0.5, seed: 4).0.indices)
  }

  @Test(arguments: [-0.1, 1.1, Double.nan]) func aShareOutside0To1IsRefused(share: Double) throws {
    let digits = try ImageDataset.digitsTrain()
    #expect(throws: DatasetError.self) { try digits.randomSplit(share, seed: 0) }
  }
}
