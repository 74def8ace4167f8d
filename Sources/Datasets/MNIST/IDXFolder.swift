/// A folder that has, or should have, the four files of an MNIST-like set.
public struct IDXFolder: Sendable {
  /// One of a set's two halves.
  public enum Half: String, CaseIterable, Sendable {
    /// The images to train on, 60,000 in MNIST.
    case train
    /// The images to validate on, 10,000 in MNIST.
    case t10k
  }

  /// The folder's path.
  public let path: String
  private let names: FileNames
  private let files: any FileStore

  /// How the files of a set are named, from the words that MNIST's have.
  public struct FileNames: Equatable, Sendable {
    /// What comes before `images` and `labels` for the training half.
    public var train: String
    /// What comes before `images` and `labels` for the validation half.
    public var validation: String
    /// What comes after `labels`.
    public var labelType: String

    /// MNIST's own names: `train-images-idx3-ubyte`, `t10k-labels-idx1-ubyte`.
    public static let mnist = FileNames(train: "train", validation: "t10k", labelType: "idx1-ubyte")
    /// QMNIST's names: `qmnist-train-images-idx3-ubyte`, `qmnist-test-labels-idx2-int`.
    public static let qmnist = FileNames(
      train: "qmnist-train", validation: "qmnist-test", labelType: "idx2-int")

    /// EMNIST's names for one of its splits: `emnist-letters-train-images-idx3-ubyte`.
    public static func emnist(_ split: String) -> FileNames {
      FileNames(
        train: "emnist-\(split)-train", validation: "emnist-\(split)-test", labelType: "idx1-ubyte")
    }

    func stem(_ half: Half) -> String { half == .train ? train : validation }
  }

  /// A folder.
  ///
  /// - Parameters:
  ///   - path: The folder's path.
  ///   - names: How its files are named.
  ///   - files: Where it is.
  public init(_ path: String, names: FileNames = .mnist, files: any FileStore = Disk()) {
    self.path = path
    self.names = names
    self.files = files
  }

  /// The path of a half's image file, or `nil` if the folder has none.
  public func images(_ half: Half) -> String? { find("\(names.stem(half))-images", "idx3-ubyte") }

  /// The path of a half's label file, or `nil` if the folder has none.
  public func labels(_ half: Half) -> String? { find("\(names.stem(half))-labels", names.labelType) }

  /// The names of the files that are not there in any form.
  public var missing: [String] { Half.allCases.flatMap(missing) }

  /// Whether it has the training half, and no file of the other.
  public var hasTrainingAlone: Bool { missing(.train).isEmpty && missing(.t10k).count == 2 }

  private func missing(_ half: Half) -> [String] {
    [
      images(half) == nil ? "\(names.stem(half))-images-idx3-ubyte" : nil,
      labels(half) == nil ? "\(names.stem(half))-labels-\(names.labelType)" : nil,
    ].compactMap { $0 }
  }

  /// Reads one half.
  ///
  /// - Parameters:
  ///   - half: The half to read.
  ///   - name: The set's name.
  ///   - classNames: The names of its classes.
  ///   - firstLabel: The label of the first class.
  ///   - isTransposed: Whether images are stored column by column.
  /// - Returns: The images and labels.
  /// - Throws: `DatasetError.filesNotFound`, or what reading a file throws.
  public func read(
    _ half: Half, name: String, classNames: [String], firstLabel: Int = 0, isTransposed: Bool = false
  ) throws(DatasetError) -> LabelledImages {
    guard let images = images(half), let labels = labels(half) else {
      throw .filesNotFound(dataset: name, missing: missing, searched: [path], package: nil)
    }
    let pixels = try IDXImages(bytes: files.read(images), source: images)
    return try LabelledImages(
      name: "\(name) \(half == .train ? "train" : "validation")",
      images: isTransposed ? pixels.transposed : pixels,
      labels: IDXLabels(bytes: files.read(labels), source: labels, firstLabel: firstLabel),
      classNames: classNames)
  }

  /// The usual name has a dash before `idx`; unpacked archives often have a dot there.
  private func find(_ stem: String, _ type: String) -> String? {
    let folder = path.hasSuffix("/") ? path : path + "/"
    return ["-", "."].flatMap { ["\(folder)\(stem)\($0)\(type)", "\(folder)\(stem)\($0)\(type).gz"] }
      .first { files.hasFile(at: $0) }
  }
}
