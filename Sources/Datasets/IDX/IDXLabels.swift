import Localization

/// The class numbers of an IDX file.
public struct IDXLabels: Equatable, Sendable {
  /// One class number a sample.
  public let values: ArraySlice<UInt8>

  /// Reads a label file, plain or gzip: one byte a sample, or, as in QMNIST, rows of 32-bit integers that begin with it.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - source: The name to put in an error.
  ///   - firstLabel: The label of the first class, 1 in EMNIST's letters.
  /// - Throws: `DatasetError.malformed` for a wrong magic number, a size that the header does not
  ///   justify, damaged compression, or a label below the first or above 255.
  public init(bytes: [UInt8], source: String, firstLabel: Int = 0) throws(DatasetError) {
    let file = try IDXFile(format: .idxLabels, source: source).read(bytes)
    let width = file.dimensions.count > 1 ? 4 * file.dimensions[1] : 1
    var labels: [UInt8] = []
    guard width > 1 || firstLabel != 0 else {
      values = file.content
      return
    }
    labels.reserveCapacity(file.dimensions[0])
    for sample in 0..<file.dimensions[0] {
      let label =
        width > 1
        ? file.content.storedInteger(UInt32.self, at: sample * width, order: .big).map(Int.init) ?? -1
        : Int(file.content[file.content.startIndex + sample])
      guard let value = UInt8(exactly: label - firstLabel) else {
        throw .malformed(
          FileDefect(
            .idxLabels, source: source, at: .whole,
            expected: localized("labels from \(firstLabel) to \(firstLabel + 255)"),
            got: localized("\(label) at [\(sample)]"),
            advice: localized("Use the label file that belongs to these images.")))
      }
      labels.append(value)
    }
    values = labels[...]
  }

  /// The number of labels.
  public var count: Int { values.count }

  /// The class number of one sample, or `nil` if there is no such sample.
  public func label(at index: Int) -> Int? {
    guard index >= 0, index < count else { return nil }
    return Int(values[values.startIndex + index])
  }
}
