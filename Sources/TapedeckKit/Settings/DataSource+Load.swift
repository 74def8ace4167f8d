import Datasets

extension DataSource {
  /// What is trained on, and what it is measured with.
  struct Split {
    let train: any Dataset
    let validation: any Dataset
  }

  /// Reads or makes the data.
  ///
  /// - Throws: `DatasetError`, which names the file and what is wrong with it.
  func load(seed: UInt64, folder: String?, environment: [String: String]) throws -> Split {
    switch self {
    case .digits:
      return Split(train: try ImageDataset.digitsTrain(), validation: try ImageDataset.digitsValidation())
    case .mnist: return try load(.mnist, folder, environment)
    case .fashionMNIST: return try load(.fashionMNIST, folder, environment)
    case .toy(let set):
      let classes = knownSizes?.classes ?? 2
      return Split(
        train: try set.points(count: 600, classCount: classes, seed: seed),
        validation: try set.points(count: 200, classCount: classes, seed: ~seed))
    case .csv(let path):
      return try split(CSVFile.read(try Disk().read(path), source: path), seed: seed)
    case .npy(let inputs, let targets):
      return try split(NpyPair.read(inputs: inputs, targets: targets, files: Disk()), seed: seed)
    }
  }

  /// Both sets are normalised as the guide's final exercise does it, by MNIST's mean and deviation, so that
  /// their accuracies compare with those of the exercise in PyTorch.
  private func load(
    _ images: ImageCollection, _ folder: String?, _ environment: [String: String]
  ) throws -> Split {
    let folder = try images.folder(in: folder, environment: environment)
    let transforms: [any Transform] = [
      ToTensor(), try Normalize(mean: ImageCollection.mnist.mean, std: ImageCollection.mnist.std),
    ]
    func half(_ half: IDXFolder.Half) throws -> ImageDataset {
      ImageDataset(
        try folder.read(half, name: images.name, classNames: images.classNames), transforms: transforms)
    }
    return Split(train: try half(.train), validation: try half(.t10k))
  }

  /// Keeps every fifth sample, in an order drawn from the seed, to validate with.
  private func split(_ data: any Dataset, seed: UInt64) throws -> Split {
    var generator = Generator(seed: seed, purpose: .data)
    let order = generator.permutation(data.count)
    let held = max(1, data.count / 5)
    guard data.count >= 2 else {
      throw DatasetError.invalidArgument(
        name: data.name, expected: "at least 2 samples, one of them to validate with", got: "\(data.count)")
    }
    return Split(
      train: try Subset(data, indices: Array(order.dropFirst(held))),
      validation: try Subset(data, indices: Array(order.prefix(held))))
  }
}
