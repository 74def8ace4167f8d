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
  /// Folders where packages put the files.
  public let usualFolders: [String]
  /// The name of torchvision's class for the set, which is also its folder.
  public let torchvisionName: String
  /// The Debian package that has the files.
  public let package: String?
  /// Addresses of folders on the web, the first to try first.
  public let mirrors: [String]
  /// The four files there.
  public let published: [PublishedFile]
  /// Where people get the files of a set that is not downloaded; nil for the others.
  public var homepage: String?
  /// How the files are named.
  public var fileNames = IDXFolder.FileNames.mnist
  /// The label of the first class.
  public var firstLabel = 0
  /// Whether images are stored column by column.
  public var isTransposed = false

  /// A set of images like MNIST.
  ///
  /// - Parameters:
  ///   - name: The set's name.
  ///   - classNames: The names of the classes.
  ///   - mean: The mean of the training pixels, as inputs from 0 to 1.
  ///   - std: Their standard deviation.
  ///   - usualFolders: Folders where packages put the files.
  ///   - torchvisionName: The name of torchvision's class for the set.
  ///   - package: The Debian package that has the files.
  ///   - mirrors: Addresses of folders on the web, each with a slash at its end.
  ///   - published: The four files there.
  public init(
    name: String, classNames: [String], mean: Float, std: Float, usualFolders: [String] = [],
    torchvisionName: String, package: String? = nil, mirrors: [String] = [], published: [PublishedFile] = []
  ) {
    self.name = name
    self.classNames = classNames
    self.mean = mean
    self.std = std
    self.usualFolders = usualFolders
    self.torchvisionName = torchvisionName
    self.package = package
    self.mirrors = mirrors
    self.published = published
  }

  /// Handwritten digits, 28×28.
  ///
  /// Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits" (1998).
  public static let mnist = ImageCollection(
    name: "MNIST", classNames: (0...9).map(String.init), mean: 0.1307, std: 0.3081,
    usualFolders: ["/usr/share/datasets/mnist"], torchvisionName: "MNIST", package: nil,
    mirrors: [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
    ],
    published: [
      PublishedFile(
        name: "train-images-idx3-ubyte.gz", byteCount: 9_912_422,
        sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
      PublishedFile(
        name: "train-labels-idx1-ubyte.gz", byteCount: 28_881,
        sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
      PublishedFile(
        name: "t10k-images-idx3-ubyte.gz", byteCount: 1_648_877,
        sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
      PublishedFile(
        name: "t10k-labels-idx1-ubyte.gz", byteCount: 4542,
        sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
    ])

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
    torchvisionName: "FashionMNIST", package: "dataset-fashion-mnist",
    mirrors: ["https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"],
    published: [
      PublishedFile(
        name: "train-images-idx3-ubyte.gz", byteCount: 26_421_880,
        sha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
      PublishedFile(
        name: "train-labels-idx1-ubyte.gz", byteCount: 29_515,
        sha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
      PublishedFile(
        name: "t10k-images-idx3-ubyte.gz", byteCount: 4_422_102,
        sha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
      PublishedFile(
        name: "t10k-labels-idx1-ubyte.gz", byteCount: 5148,
        sha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
    ])
}
