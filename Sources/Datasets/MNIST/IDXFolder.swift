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
  private let files: any FileStore

  /// A folder.
  ///
  /// - Parameters:
  ///   - path: The folder's path.
  ///   - files: Where it is.
  public init(_ path: String, files: any FileStore = Disk()) {
    self.path = path
    self.files = files
  }

  /// The path of a half's image file, or `nil` if the folder has none.
  public func images(_ half: Half) -> String? { find("\(half.rawValue)-images", "idx3-ubyte") }

  /// The path of a half's label file, or `nil` if the folder has none.
  public func labels(_ half: Half) -> String? { find("\(half.rawValue)-labels", "idx1-ubyte") }

  /// The names of the files that are not there in any form.
  public var missing: [String] {
    Half.allCases.flatMap { half in
      [
        images(half) == nil ? "\(half.rawValue)-images-idx3-ubyte" : nil,
        labels(half) == nil ? "\(half.rawValue)-labels-idx1-ubyte" : nil,
      ]
    }.compactMap { $0 }
  }

  /// Reads one half.
  ///
  /// - Parameters:
  ///   - half: The half to read.
  ///   - name: The set's name.
  ///   - classNames: The names of its classes.
  /// - Returns: The images and labels.
  /// - Throws: `DatasetError.filesNotFound`, or what reading a file throws.
  public func read(_ half: Half, name: String, classNames: [String]) throws(DatasetError) -> LabelledImages {
    guard let images = images(half), let labels = labels(half) else {
      throw .filesNotFound(dataset: name, missing: missing, searched: [path], package: nil)
    }
    return try LabelledImages(
      name: "\(name) \(half == .train ? "train" : "validation")",
      images: IDXImages(bytes: files.read(images), source: images),
      labels: IDXLabels(bytes: files.read(labels), source: labels), classNames: classNames)
  }

  /// The usual name has a dash before `idx`; unpacked archives often have a dot there.
  private func find(_ stem: String, _ type: String) -> String? {
    let folder = path.hasSuffix("/") ? path : path + "/"
    return ["-", "."].flatMap { ["\(folder)\(stem)\($0)\(type)", "\(folder)\(stem)\($0)\(type).gz"] }
      .first { files.hasFile(at: $0) }
  }
}
