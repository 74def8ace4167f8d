/// The handwritten digits that come inside the program: 8×8 pixels from 0 to 16, classes 0 to 9.
///
/// Source: Alpaydin and Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning
/// Repository (1998), the test part, as scikit-learn's `load_digits` gives it.
public enum Digits {
  /// The largest pixel value; divide by it to have inputs from 0 to 1.
  public static let largestPixel = 16

  /// The names of the ten classes.
  public static let classNames = (0...9).map(String.init)

  /// The 1,500 images to train on.
  ///
  /// - Throws: `DatasetError.malformed` if the program's own copy is damaged.
  public static func train() throws(DatasetError) -> LabelledImages {
    try load(
      "digits train", images: PackageResources.train_images_idx3_ubyte_gz,
      labels: PackageResources.train_labels_idx1_ubyte_gz)
  }

  /// The 297 images to validate on.
  ///
  /// - Throws: `DatasetError.malformed` if the program's own copy is damaged.
  public static func validation() throws(DatasetError) -> LabelledImages {
    try load(
      "digits validation", images: PackageResources.t10k_images_idx3_ubyte_gz,
      labels: PackageResources.t10k_labels_idx1_ubyte_gz)
  }

  private static func load(
    _ name: String, images: [UInt8], labels: [UInt8]
  ) throws(DatasetError) -> LabelledImages {
    try LabelledImages(
      name: name, images: IDXImages(bytes: images, source: "\(name) images"),
      labels: IDXLabels(bytes: labels, source: "\(name) labels"), classNames: classNames)
  }
}

extension ImageDataset {
  /// The digits to train on: 1,500 samples of 64 inputs from 0 to 1.
  ///
  /// - Returns: The dataset.
  /// - Throws: `DatasetError.malformed` if the program's own copy is damaged.
  public static func digitsTrain() throws(DatasetError) -> ImageDataset {
    ImageDataset(try Digits.train(), transforms: [try ToTensor(largestPixel: Digits.largestPixel)])
  }

  /// The digits to validate on: 297 samples of 64 inputs from 0 to 1.
  ///
  /// - Returns: The dataset.
  /// - Throws: `DatasetError.malformed` if the program's own copy is damaged.
  public static func digitsValidation() throws(DatasetError) -> ImageDataset {
    ImageDataset(try Digits.validation(), transforms: [try ToTensor(largestPixel: Digits.largestPixel)])
  }
}
