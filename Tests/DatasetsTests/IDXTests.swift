import Datasets
import Testing

@Suite struct IDXTests {
  @Test func imagesKeepTheirSizesAndPixels() throws {
    let images = try IDXImages(bytes: idxImageBytes(count: 3, rows: 2, columns: 4), source: "i")
    #expect(images.count == 3)
    #expect(images.rows == 2)
    #expect(images.columns == 4)
    #expect(images.pixels.count == 24)
    #expect(images.image(at: 1).map(Array.init) == [8, 9, 10, 11, 12, 13, 14, 15])
    #expect(images.image(at: 3) == nil)
    #expect(images.image(at: -1) == nil)
  }

  @Test func labelsKeepTheirValues() throws {
    let labels = try IDXLabels(bytes: idxLabelBytes([5, 0, 4]), source: "l")
    #expect(labels.count == 3)
    #expect((-1...3).map { labels.label(at: $0) } == [nil, 5, 0, 4, nil])
  }

  @Test func compressedAndPlainFilesReadTheSame() throws {
    let plain = idxImageBytes(count: 3, rows: 2, columns: 4)
    let read = try IDXImages(bytes: gzipped(plain), source: "i.gz")
    #expect(read == (try IDXImages(bytes: plain, source: "i")))
    let labels = idxLabelBytes([1, 2])
    let readLabels = try IDXLabels(bytes: gzipped(labels), source: "l.gz")
    #expect(readLabels == (try IDXLabels(bytes: labels, source: "l")))
  }

  @Test func everyTruncationIsMalformed() throws {
    let bytes = idxImageBytes(count: 1, rows: 2, columns: 2)
    for length in 0..<bytes.count {
      let error = datasetError { try IDXImages(bytes: Array(bytes.prefix(length)), source: "i") }
      #expect(error?.defect?.format == .idxImages, "cut to \(length) bytes")
    }
  }

  @Test func aTruncatedFileSaysHowManyBytesItShouldHave() {
    let bytes = idxImageBytes(count: 10, rows: 28, columns: 28).dropLast(100)
    let error = datasetError { try IDXImages(bytes: Array(bytes), source: "train-images-idx3-ubyte") }
    #expect(
      error?.description
        == "train-images-idx3-ubyte is not a valid IDX images file: expected 7856 bytes for "
        + "10×28×28, got 7756. The file is damaged or cut short; fetch it again.")
  }

  @Test func oneByteTooManyIsMalformed() {
    let error = datasetError { try IDXLabels(bytes: idxLabelBytes([1, 2]) + [3], source: "l") }
    #expect(error?.defect?.expected == "10 bytes for 2")
    #expect(error?.defect?.got == "11")
  }

  @Test func compressedContentLongerThanItsHeaderIsMalformed() throws {
    let compressed = try gzipped(idxLabelBytes([1, 2]) + [3])
    let error = datasetError { try IDXLabels(bytes: compressed, source: "l.gz") }
    #expect(error?.defect?.expected == "10 decompressed bytes")
    #expect(error?.defect?.got == "more")
  }

  @Test func aLabelFileInPlaceOfAnImageFileIsNamed() {
    let error = datasetError { try IDXImages(bytes: idxLabelBytes([1, 2]), source: "x") }
    #expect(
      error?.description
        == "x is not a valid IDX images file: at byte 0 expected the magic number 2051, got 2049. "
        + "This is a label file; name the image file here.")
  }

  @Test func anImageFileInPlaceOfALabelFileIsNamed() {
    let bytes = idxImageBytes(count: 1, rows: 1, columns: 1)
    let error = datasetError { try IDXLabels(bytes: bytes, source: "x") }
    #expect(error?.defect?.advice == "This is an image file; name the label file here.")
  }

  @Test func absurdSizesAreRefusedBeforeAnythingIsAllocated() throws {
    let header = bigEndianBytes([2051, .max, .max, .max])
    for bytes in [header, try gzipped(header)] {
      let error = datasetError { try IDXImages(bytes: bytes, source: "i") }
      #expect(error?.defect?.location == .header("count, rows, columns"))
      #expect(error?.defect?.got == "4294967295×4294967295×4294967295")
    }
  }

  @Test(arguments: [1, 2, 3]) func aSizeOfZeroIsRefused(position: Int) {
    var words: [UInt32] = [2051, 1, 1, 1]
    words[position] = 0
    let error = datasetError { try IDXImages(bytes: bigEndianBytes(words), source: "i") }
    #expect(error?.defect?.location == .header(["", "count", "rows", "columns"][position]))
  }

  @Test func imagesAndLabelsOfDifferentCountsDoNotMatch() throws {
    let images = try IDXImages(bytes: idxImageBytes(count: 3, rows: 1, columns: 1), source: "i")
    let labels = try IDXLabels(bytes: idxLabelBytes([0, 1]), source: "l")
    let error = datasetError {
      try LabelledImages(name: "toy", images: images, labels: labels, classNames: ["a", "b"])
    }
    #expect(
      error?.description
        == "Images and labels do not match: expected one label an image, got 3 images in toy images "
        + "and 2 labels in toy labels. Use two files of the same set (both train, or both t10k).")
  }

  @Test func aLabelWithoutAClassIsRefused() throws {
    let images = try IDXImages(bytes: idxImageBytes(count: 2, rows: 1, columns: 1), source: "i")
    let labels = try IDXLabels(bytes: idxLabelBytes([0, 2]), source: "l")
    #expect(
      throws: DatasetError.labelOutOfRange(source: "toy labels", index: 1, label: 2, classCount: 2)
    ) {
      try LabelledImages(name: "toy", images: images, labels: labels, classNames: ["a", "b"])
    }
  }
}
