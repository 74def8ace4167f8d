import Autograd
import Datasets
import Testing

@Suite struct ImageCollectionTests {
  /// A folder's four files under the given names, in order: train images and labels, t10k images and labels.
  func files(_ folder: String, _ names: [String]) throws -> MemoryFiles {
    let contents = [
      idxImageBytes(count: 3, rows: 2, columns: 2), idxLabelBytes([9, 0, 1]),
      idxImageBytes(count: 1, rows: 2, columns: 2), idxLabelBytes([4]),
    ]
    let files = MemoryFiles()
    for (name, content) in zip(names, contents) {
      files["\(folder)/\(name)"] = name.hasSuffix(".gz") ? try gzipped(content) : content
    }
    return files
  }

  static let plain = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
  ]

  @Test(arguments: [
    plain, plain.map { $0 + ".gz" },
    [
      "train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte",
      "t10k-labels.idx1-ubyte",
    ],
    [plain[0], plain[1] + ".gz", "t10k-images.idx3-ubyte.gz", plain[3]],
  ])
  func theFilesAreFoundUnderTheirUsualNames(names: [String]) throws {
    let files = try files("data", names)
    let train = try ImageCollection.mnist.dataset(.train, in: "data", files: files)
    #expect(train.count == 3)
    #expect(train.name == "MNIST train")
    #expect(try train.batch(at: [0, 1, 2]).targets.integers() == [9, 0, 1])
    #expect(try ImageCollection.mnist.dataset(.t10k, in: "data", files: files).count == 1)
  }

  @Test func aSlashAfterTheFoldersNameIsAccepted() throws {
    let files = try files("data", Self.plain)
    #expect(try ImageCollection.mnist.dataset(.train, in: "data/", files: files).count == 3)
  }

  @Test func theFolderOfTorchvisionIsFoundUnderItsRoot() throws {
    let files = try files("data/FashionMNIST/raw", Self.plain)
    let folder = try ImageCollection.fashionMNIST.folder(in: "data", files: files)
    #expect(folder.path == "data/FashionMNIST/raw")
  }

  @Test func theDebianPackagesFolderIsFoundWithoutBeingNamed() throws {
    let files = try files("/usr/share/datasets/fashion-mnist", Self.plain.map { $0 + ".gz" })
    #expect(try ImageCollection.fashionMNIST.dataset(.train, files: files).count == 3)
  }

  @Test func aNamedFolderIsTheOnlyOneSearched() throws {
    let files = try files("/usr/share/datasets/fashion-mnist", Self.plain)
    #expect(throws: DatasetError.self) {
      try ImageCollection.fashionMNIST.dataset(.train, in: "data", files: files)
    }
  }

  @Test func missingFilesAreNamedWithEveryWayToGetThem() {
    let error = datasetError {
      try ImageCollection.fashionMNIST.folder(files: MemoryFiles())
    }
    #expect(
      error?.description
        == "The files of Fashion-MNIST were not found: expected train-images-idx3-ubyte, "
        + "train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (plain or .gz), got none "
        + "of them in /usr/share/datasets/fashion-mnist. Name their folder with --data-dir, fetch them with "
        + "--download, or install the Debian package: apt-get install dataset-fashion-mnist.")
  }

  @Test func aDownloadIsFoundWithoutBeingNamed() throws {
    let files = try files("/home/ada/.cache/tapedeck/MNIST", Self.plain)
    let set = try ImageCollection.mnist.dataset(.train, environment: ["HOME": "/home/ada"], files: files)
    #expect(set.count == 3)
  }

  @Test func onlyTheFilesThatAreMissingAreNamed() throws {
    let files = try files("data", Self.plain)
    files["data/t10k-labels-idx1-ubyte"] = nil
    let error = datasetError { try ImageCollection.mnist.folder(in: "data", files: files) }
    #expect(
      error
        == .filesNotFound(
          dataset: "MNIST", missing: ["t10k-labels-idx1-ubyte"], searched: ["data", "data/MNIST/raw"],
          package: nil))
  }

  @Test func aDamagedFileIsNamedByItsPath() throws {
    let files = try files("data", Self.plain)
    files["data/train-labels-idx1-ubyte"] = [1, 2, 3]
    let error = datasetError { try ImageCollection.mnist.dataset(.train, in: "data", files: files) }
    #expect(error?.defect?.source == "data/train-labels-idx1-ubyte")
  }

  @Test func normalizedInputsAreCentredByTheCollectionsStatistics() throws {
    let files = try files("data", Self.plain)
    let set = try ImageCollection.mnist.dataset(.train, in: "data", isNormalized: true, files: files)
    let input: Float = try set.batch(at: [0]).inputs.array()[0]
    let expected = (0 - ImageCollection.mnist.mean) / ImageCollection.mnist.std
    #expect(input == expected)
    #expect(abs(input + 0.4242) < 1e-4)
  }

  // a = gzip.open("train-images-idx3-ubyte.gz").read()[16:]; sum(a[:784])
  // l = gzip.open("train-labels-idx1-ubyte.gz").read()[8:]; list(l[:10])
  @Test(.enabled(if: Disk().hasFile(at: "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")))
  func theDebianPackageReadsAsPublished() throws {
    let train = try ImageCollection.fashionMNIST.dataset(.train)
    #expect(train.count == 60_000)
    #expect(train.featureCount == 784)
    #expect(try train.batch(at: Array(0..<10)).targets.integers() == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5])
    #expect(train.data.images.image(at: 0)?.reduce(0) { $0 + Int($1) } == 76_247)
    #expect(try ImageCollection.fashionMNIST.dataset(.t10k).count == 10_000)
  }

  @Test func aFolderWithATrainingHalfAloneWillDo() throws {
    let files = try files("data", Self.plain)
    files["data/t10k-images-idx3-ubyte"] = nil
    #expect(throws: DatasetError.self) {
      try ImageCollection.mnist.folder(in: "data", files: files, allowsTrainingAlone: true)
    }
    files["data/t10k-labels-idx1-ubyte"] = nil
    let folder = try ImageCollection.mnist.folder(in: "data", files: files, allowsTrainingAlone: true)
    #expect(folder.hasTrainingAlone)
    #expect(throws: DatasetError.self) { try ImageCollection.mnist.folder(in: "data", files: files) }
    #expect(try ImageCollection.mnist.dataset(.train, in: "data", files: files).count == 3)
  }

  @Test func theLettersOfEMNISTBeginWithOneAndAreUpright() throws {
    let letters = ImageCollection.emnist(.letters)
    let files = MemoryFiles()
    files["data/emnist-letters-train-images-idx3-ubyte"] = idxImageBytes(count: 2, rows: 2, columns: 3)
    files["data/emnist-letters-train-labels-idx1-ubyte"] = idxLabelBytes([1, 26])
    let set = try letters.dataset(.train, in: "data", files: files)
    #expect(set.classNames.count == 26)
    #expect(try set.batch(at: [0, 1]).targets.integers() == [0, 25])
    #expect(set.imageSize?.rows == 3)
    #expect(set.data.images.image(at: 1).map(Array.init) == [6, 9, 7, 10, 8, 11])
  }

  @Test func aLabelBelowTheFirstIsNamed() throws {
    let letters = ImageCollection.emnist(.letters)
    let files = MemoryFiles()
    files["data/emnist-letters-train-images-idx3-ubyte"] = idxImageBytes(count: 2, rows: 2, columns: 3)
    files["data/emnist-letters-train-labels-idx1-ubyte"] = idxLabelBytes([1, 0])
    #expect(datasetError { try letters.dataset(.train, in: "data", files: files) }?.defect?.got == "0 at [1]")
  }

  @Test func theLabelsOfQMNISTAreTheFirstOfTheirRows() throws {
    let files = MemoryFiles()
    files["data/qmnist-train-images-idx3-ubyte"] = idxImageBytes(count: 2, rows: 2, columns: 2)
    files["data/qmnist-train-labels-idx2-int"] = bigEndianBytes([0x0C02, 2, 3, 7, 100, 200, 4, 1, 2])
    let set = try ImageCollection.qmnist.dataset(.train, in: "data", files: files)
    #expect(try set.batch(at: [0, 1]).targets.integers() == [7, 4])
  }

  @Test(arguments: ImageCollection.EMNISTSplit.allCases)
  func everySplitOfEMNISTHasItsClasses(split: ImageCollection.EMNISTSplit) {
    let counts: [ImageCollection.EMNISTSplit: Int] = [
      .letters: 26, .balanced: 47, .digits: 10, .byclass: 62, .bymerge: 47, .mnist: 10,
    ]
    #expect(ImageCollection.emnist(split).classNames.count == counts[split])
  }

  @Test func whereToGetASetThatIsNotDownloadedIsSaid() {
    let error = datasetError { try ImageCollection.kmnist.folder(in: "data", files: MemoryFiles()) }
    #expect(error?.description.contains("codh.rois.ac.jp") == true)
    #expect(error?.description.contains("--download") == false)
  }
}
