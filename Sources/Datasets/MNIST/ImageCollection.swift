/// A published set of images in four IDX files, and where to look for them.
public struct ImageCollection: Equatable, Sendable {
  /// The set's name.
  public let name: String
  /// The names of the classes.
  public let classNames: [String]
  /// The mean of the training pixels, as inputs from 0 to 1.
  public let mean: Float
  /// Their standard deviation.
  public let std: Float
  /// Folders where packages and other programs put the files.
  public let usualFolders: [String]
  /// The name of torchvision's class for the set, which is also its folder.
  public let torchvisionName: String
  /// The Debian package that has the files.
  public let package: String?

  /// Handwritten digits, 28×28.
  ///
  /// Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits" (1998).
  public static let mnist = ImageCollection(
    name: "MNIST", classNames: (0...9).map(String.init), mean: 0.1307, std: 0.3081,
    usualFolders: ["/usr/share/datasets/mnist"], torchvisionName: "MNIST", package: nil)

  /// Pieces of clothing, 28×28.
  ///
  /// Source: Xiao, Rasul and Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine
  /// Learning Algorithms" (2017), <https://arxiv.org/abs/1708.07747>.
  public static let fashionMNIST = ImageCollection(
    name: "Fashion-MNIST",
    classNames: [
      "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
      "Ankle boot",
    ],
    mean: 0.2860, std: 0.3530, usualFolders: ["/usr/share/datasets/fashion-mnist"],
    torchvisionName: "FashionMNIST",
    package: "dataset-fashion-mnist")

  /// The first folder that has all four files.
  ///
  /// - Parameters:
  ///   - folder: The only folder to look in, itself and where torchvision puts the files under its root;
  ///     `nil` to look in the usual ones.
  ///   - files: Where to look.
  /// - Returns: The folder.
  /// - Throws: `DatasetError.filesNotFound`, which names what is missing and how to get it.
  public func folder(in folder: String? = nil, files: any FileStore = Disk()) throws(DatasetError)
    -> IDXFolder
  {
    let folders = (folder.map { [$0, "\($0)/\(torchvisionName)/raw"] } ?? usualFolders).map {
      IDXFolder($0, files: files)
    }
    if let complete = folders.first(where: { $0.missing.isEmpty }) { return complete }
    throw .filesNotFound(
      dataset: name, missing: folders.first?.missing ?? [], searched: folders.map(\.path), package: package)
  }

  /// Reads one half as a dataset of inputs from 0 to 1, or of mean 0 and deviation 1.
  ///
  /// - Parameters:
  ///   - half: The half to read.
  ///   - folder: The only folder to look in; `nil` to look in the usual ones.
  ///   - isNormalized: Whether to subtract the training set's mean and divide by its deviation.
  ///   - files: Where to look.
  /// - Returns: The dataset.
  /// - Throws: `DatasetError.filesNotFound`, or what reading a file throws.
  public func dataset(
    _ half: IDXFolder.Half, in folder: String? = nil, isNormalized: Bool = false,
    files: any FileStore = Disk()
  ) throws(DatasetError) -> ImageDataset {
    let data = try self.folder(in: folder, files: files).read(half, name: name, classNames: classNames)
    return ImageDataset(
      data, transforms: isNormalized ? [ToTensor(), try Normalize(mean: mean, std: std)] : [ToTensor()])
  }
}
