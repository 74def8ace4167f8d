import Autograd
import Datasets
import Testing

@Suite struct ImageDatasetTests {
  /// Four images of 2×3 pixels that count upwards, with labels 1 0 1 2.
  func toy() throws -> ImageDataset {
    ImageDataset(
      try LabelledImages(
        name: "toy", images: IDXImages(bytes: idxImageBytes(count: 4, rows: 2, columns: 3), source: "i"),
        labels: IDXLabels(bytes: idxLabelBytes([1, 0, 1, 2]), source: "l"), classNames: ["a", "b", "c"]),
      transforms: [])
  }

  @Test func aBatchHasOneRowAnImageAndInt64Targets() throws {
    let batch = try toy().batch(at: [2, 0, 2])
    #expect(batch.inputs.shape == [3, 6])
    #expect(batch.inputs.dtype == .float32)
    #expect(batch.targets.shape == [3])
    #expect(batch.targets.dtype == .int64)
    #expect(batch.indices == [2, 0, 2])
    #expect(batch.count == 3)
  }

  @Test func rowsStandInTheOrderOfTheIndices() throws {
    let batch = try toy().batch(at: [3, 0])
    #expect(batch.inputs.array() == [18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5])
    #expect(batch.targets.integers() == [2, 1])
  }

  @Test func everyPixelValueBecomesWhatTheTransformsMakeOfIt() throws {
    // Three images of 7×43 pixels: no whole number of vectors, and all 256 values.
    let dataset = ImageDataset(
      try LabelledImages(
        name: "all", images: IDXImages(bytes: idxImageBytes(count: 3, rows: 7, columns: 43), source: "i"),
        labels: IDXLabels(bytes: idxLabelBytes([0, 0, 0]), source: "l"), classNames: ["a"]),
      transforms: [ToTensor(), try Normalize(mean: 0.1307, std: 0.3081)])
    let inputs: [Float] = try dataset.batch(at: [2, 0, 1]).inputs.array()
    let pixels = [2, 0, 1].flatMap { image in (0..<301).map { UInt8(truncatingIfNeeded: image * 301 + $0) } }
    #expect(inputs == pixels.map { (Float($0) / 255 - 0.1307) / 0.3081 })
  }

  @Test(arguments: [-1, 4, .max]) func anIndexWithoutAnImageIsRefused(index: Int) throws {
    let toy = try toy()
    #expect(throws: DatasetError.indexOutOfRange(dataset: "toy", index: index, count: 4)) {
      try toy.batch(at: [0, index])
    }
  }

  @Test func noIndicesGiveABatchOfNoRows() throws {
    #expect(try toy().batch(at: []).inputs.shape == [0, 6])
  }

  @Test func theDigitsComeAsInputsFrom0To1() throws {
    let digits = try ImageDataset.digitsTrain()
    #expect(digits.count == 1500)
    #expect(digits.featureCount == 64)
    let inputs: [Float] = try digits.batch(at: Array(0..<1500)).inputs.array()
    #expect(inputs.min() == 0)
    #expect(inputs.max() == 1)
    #expect(inputs[2..<5].map { $0 * 16 } == [5, 13, 9])
    #expect(try ImageDataset.digitsValidation().count == 297)
  }
}
