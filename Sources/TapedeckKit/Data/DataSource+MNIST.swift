import Datasets

extension DataSource {
  /// Handwritten digits of 28×28 pixels, from their published files.
  package static let mnist = DataSource("mnist", .mnist)

  /// Pieces of clothing of 28×28 pixels, from their published files.
  package static let fashionMNIST = DataSource("fashion-mnist", .fashionMNIST)

  /// Characters of 28×28 pixels, from their published files.
  package static let relatives =
    [DataSource("kmnist", .kmnist), DataSource("qmnist", .qmnist)]
    + ImageCollection.EMNISTSplit.allCases.map { DataSource("emnist-\($0.rawValue)", .emnist($0)) }

  /// A set of images like MNIST; where there is a training half alone, every fifth image validates.
  ///
  /// The network starts as PyTorch's own, as in the guide's final exercise. All sets are normalised as that does it, by
  /// MNIST's mean and deviation, so that their accuracies compare with those of the exercise in PyTorch.
  private init(_ argument: String, _ images: ImageCollection) {
    let usual = Usual(
      optimizer: .adam, batchSize: 64, epochs: 5, hiddenLayers: [128, 64], initialization: .standard)
    self.init(argument, usual: usual) { request in
      let folder = try images.folder(
        in: request.folder, environment: request.environment, allowsTrainingAlone: true)
      let transforms: [any Transform] = [
        ToTensor(), try Normalize(mean: ImageCollection.mnist.mean, std: ImageCollection.mnist.std),
      ]
      func half(_ half: IDXFolder.Half) throws -> ImageDataset {
        ImageDataset(try images.read(half, in: folder), transforms: transforms)
      }
      guard !folder.hasTrainingAlone else { return try DataSource.split(half(.train), seed: request.seed) }
      return Split(train: try half(.train), validation: try half(.t10k))
    }
    knownSizes = (784, images.classNames.count)
    imageSize = (28, 28)
    collection = images
  }
}
