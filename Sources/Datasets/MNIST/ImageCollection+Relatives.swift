extension ImageCollection {
  /// Cursive Japanese characters, 28×28, in MNIST's format.
  ///
  /// Source: Clanuwat et al., "Deep Learning for Classical Japanese Literature" (2018), <https://arxiv.org/abs/1812.01718>.
  public static let kmnist = {
    var collection = ImageCollection(
      name: "KMNIST", classNames: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"], mean: 0.1918,
      std: 0.3483, torchvisionName: "KMNIST")
    collection.homepage = "http://codh.rois.ac.jp/kmnist/"
    return collection
  }()

  /// MNIST's digits made again from their source, with 60,000 images to validate with.
  ///
  /// Source: Yadav and Bottou, "Cold Case: the Lost MNIST Digits" (2019), <https://arxiv.org/abs/1905.10498>.
  public static let qmnist = {
    var collection = ImageCollection(
      name: "QMNIST", classNames: digits, mean: 0.1307, std: 0.3081, torchvisionName: "QMNIST")
    collection.homepage = "https://github.com/facebookresearch/qmnist"
    collection.fileNames = .qmnist
    return collection
  }()

  /// A split of EMNIST: handwritten letters and digits, 28×28, stored column by column.
  public enum EMNISTSplit: String, CaseIterable, Sendable {
    case letters, balanced, digits, byclass, bymerge, mnist
  }

  /// EMNIST in one of its splits.
  ///
  /// Source: Cohen et al., "EMNIST: an extension of MNIST to handwritten letters" (2017),
  /// <https://arxiv.org/abs/1702.05373>.
  public static func emnist(_ split: EMNISTSplit) -> ImageCollection {
    let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
    // In the merged splits, letters whose two cases look alike are one class, named by the upper one.
    let names: [String] =
      switch split {
      case .letters: upper.map { $0.lowercased() }
      case .digits, .mnist: digits
      case .byclass: digits + upper + upper.map { $0.lowercased() }
      case .balanced, .bymerge: digits + upper + "abdefghnqrt".map(String.init)
      }
    var collection = ImageCollection(
      name: "EMNIST \(split.rawValue)", classNames: names, mean: 0.1736, std: 0.3317,
      torchvisionName: "EMNIST")
    collection.homepage = "https://www.nist.gov/itl/products-and-services/emnist-dataset"
    collection.fileNames = .emnist(split.rawValue)
    collection.firstLabel = split == .letters ? 1 : 0
    collection.isTransposed = true
    return collection
  }

  private static let digits = (0...9).map(String.init)
}
