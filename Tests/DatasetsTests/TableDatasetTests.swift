import Autograd
import Datasets
import Testing

@Suite struct TableDatasetTests {
  func toy() throws -> TableDataset {
    try TableDataset(
      name: "toy", featureNames: ["x", "y"], features: [1, 2, 3, 4, 5, 6],
      targets: .classes([0, 1, 0], names: ["red", "blue"]))
  }

  @Test func classesComeAsInt64Numbers() throws {
    let batch = try toy().batch(at: [2, 1])
    #expect(batch.inputs.shape == [2, 2])
    #expect(batch.inputs.array() == [5, 6, 3, 4])
    #expect(batch.targets.dtype == .int64)
    #expect(batch.targets.integers() == [0, 1])
  }

  @Test func valuesComeAsAColumnOfFloats() throws {
    let batch = try toy().withValueTargets.batch(at: [2, 1])
    #expect(batch.targets.shape == [2, 1])
    #expect(batch.targets.dtype == .float32)
    #expect(batch.targets.array() == [0, 1])
  }

  @Test func valueTargetsHaveNoClasses() throws {
    #expect(try toy().classNames == ["red", "blue"])
    #expect(try toy().withValueTargets.classNames == [])
  }

  @Test func valuesThatFillNoWholeRowsAreRefused() {
    let error = datasetError {
      try TableDataset(name: "t", featureNames: ["x", "y"], features: [1, 2, 3], targets: .values([1, 2]))
    }
    #expect(
      error
        == .invalidArgument(
          name: "features", expected: "2 columns for each of 2 rows, at least 1", got: "3 values"))
  }

  @Test(arguments: [-1, 2]) func aClassNumberWithoutAClassIsRefused(number: Int) {
    let expected = DatasetError.labelOutOfRange(source: "t", index: 1, label: number, classCount: 2)
    #expect(throws: expected) {
      try TableDataset(
        name: "t", featureNames: ["x"], features: [1, 2], targets: .classes([0, number], names: ["a", "b"]))
    }
  }

  @Test func anIndexWithoutARowIsRefused() throws {
    let toy = try toy()
    #expect(throws: DatasetError.indexOutOfRange(dataset: "toy", index: 3, count: 3)) {
      try toy.batch(at: [3])
    }
  }
}
