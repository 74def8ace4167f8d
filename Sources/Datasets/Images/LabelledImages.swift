/// Images with one class number each.
public struct LabelledImages: Equatable, Sendable {
  /// The set's name, as errors and the screen show it.
  public let name: String
  /// The images.
  public let images: IDXImages
  /// The labels, as many as there are images.
  public let labels: IDXLabels
  /// The names of the classes; a label is an index into it.
  public let classNames: [String]

  /// Joins images and labels, once for all checks that they belong together.
  ///
  /// - Parameters:
  ///   - name: The set's name.
  ///   - images: The images.
  ///   - labels: The labels.
  ///   - classNames: The names of the classes.
  /// - Throws: `DatasetError.countsDiffer`, or `DatasetError.labelOutOfRange` for a label without a class.
  public init(
    name: String, images: IDXImages, labels: IDXLabels, classNames: [String]
  ) throws(DatasetError) {
    guard images.count == labels.count else {
      throw .countsDiffer(
        images: "\(name) images", imageCount: images.count, labels: "\(name) labels",
        labelCount: labels.count)
    }
    if let index = labels.values.firstIndex(where: { Int($0) >= classNames.count }) {
      throw .labelOutOfRange(
        source: "\(name) labels", index: index - labels.values.startIndex,
        label: Int(labels.values[index]), classCount: classNames.count)
    }
    self.name = name
    self.images = images
    self.labels = labels
    self.classNames = classNames
  }

  /// The number of samples.
  public var count: Int { images.count }
}
