import Datasets

/// The images of the loader row: Fashion-MNIST if its files are found, otherwise made-up bytes of the same form.
package struct BenchmarkImages: Sendable {
  /// The folder of the files; nil where the bytes are made up.
  package let folder: String?
  private let data: LabelledImages

  /// The training images of Fashion-MNIST if they are found, else `count` made-up ones.
  ///
  /// - Throws: `DatasetError` for files that are found but damaged.
  package init(count: Int, environment: [String: String], files: any FileStore = Disk()) throws {
    let collection = ImageCollection.fashionMNIST
    guard let found = try? collection.folder(environment: environment, files: files) else {
      folder = nil
      data = try BenchmarkImages.made(count)
      return
    }
    folder = found.path
    data = try found.read(.train, name: collection.name, classNames: collection.classNames)
  }

  /// `count` of the images as the guide loads them: from 0 to 1, then to mean 0 and deviation 1.
  func dataset(_ count: Int) throws -> any Dataset {
    let collection = ImageCollection.fashionMNIST
    let all = ImageDataset(
      data, transforms: [ToTensor(), try Normalize(mean: collection.mean, std: collection.std)])
    return count == all.count ? all : try Subset(all, indices: Array(0..<min(count, all.count)))
  }

  /// IDX files of 28×28 images with arbitrary pixels and labels that take turns.
  private static func made(_ count: Int) throws -> LabelledImages {
    let size = 28 * 28
    var images: [UInt8] = [0, 0, 8, 3] + bigEndian(count) + bigEndian(28) + bigEndian(28)
    images.reserveCapacity(images.count + count * size)
    for index in 0..<count * size { images.append(UInt8(truncatingIfNeeded: index &* 2_654_435_761 >> 13)) }
    let labels: [UInt8] = [0, 0, 8, 1] + bigEndian(count) + (0..<count).map { UInt8($0 % 10) }
    return try LabelledImages(
      name: "made-up images", images: IDXImages(bytes: images, source: "made-up images"),
      labels: IDXLabels(bytes: labels, source: "made-up labels"), classNames: (0...9).map(String.init))
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
