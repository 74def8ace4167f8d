import Autograd
import Datasets
import Testing

@Suite struct TransformTests {
  let pixels: [UInt8] = [0, 1, 77, 128, 254, 255]

  /// One image of the six pixels.
  func inputs(_ transforms: [any Transform]) throws -> [Float] {
    let images = try IDXImages(bytes: bigEndianBytes([2051, 1, 1, 6]) + pixels, source: "i")
    let labels = try IDXLabels(bytes: idxLabelBytes([0]), source: "l")
    let data = try LabelledImages(name: "toy", images: images, labels: labels, classNames: ["a"])
    return try ImageDataset(data, transforms: transforms).batch(at: [0]).inputs.array()
  }

  // import torch
  // x = torch.tensor([0, 1, 77, 128, 254, 255], dtype=torch.uint8).float().div(255)
  // [hex(v) for v in x.view(torch.int32).tolist()]
  @Test func toTensorIsPyTorchsBitByBit() throws {
    #expect(
      try inputs([ToTensor()]).map(\.bitPattern)
        == [0x0, 0x3B80_8081, 0x3E9A_9A9B, 0x3F00_8081, 0x3F7E_FEFF, 0x3F80_0000])
  }

  // y = (x - torch.tensor(0.1307)) / torch.tensor(0.3081)
  // [hex(v & 0xffffffff) for v in y.view(torch.int32).tolist()]
  @Test func normalizeAfterToTensorIsPyTorchsBitByBit() throws {
    #expect(
      try inputs([ToTensor(), Normalize(mean: 0.1307, std: 0.3081)]).map(\.bitPattern)
        == [0xBED9_3271, 0xBED2_AE20, 0x3F0E_4CE9, 0x3F9A_3D7A, 0x4033_C2B3, 0x4034_933D])
  }

  @Test func withoutTransformsInputsArePixelValues() throws {
    #expect(try inputs([]) == [0, 1, 77, 128, 254, 255])
  }

  @Test(arguments: [0, -1, 256]) func aLargestPixelThatNoByteCanHoldIsRefused(largest: Int) {
    #expect(throws: DatasetError.self) { try ToTensor(largestPixel: largest) }
  }

  @Test(arguments: [0, -1, Float.nan, .infinity]) func aDeviationThatCannotDivideIsRefused(std: Float) {
    let error = datasetError { try Normalize(mean: 0, std: std) }
    #expect(
      error?.description
        == "std expects a finite number above 0, but got \(std).")
  }

  @Test func aMeanThatIsNoNumberIsRefused() {
    #expect(throws: DatasetError.invalidArgument(name: "mean", expected: "a finite number", got: "nan")) {
      try Normalize(mean: .nan, std: 1)
    }
  }
}
