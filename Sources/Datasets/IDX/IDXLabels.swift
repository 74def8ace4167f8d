/// The class numbers of an IDX file.
public struct IDXLabels: Equatable, Sendable {
  /// One class number a sample.
  public let values: ArraySlice<UInt8>

  /// Reads a label file, plain or gzip.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - source: The name to put in an error.
  /// - Throws: `DatasetError.malformed` for a wrong magic number, a size that the header does not
  ///   justify, or damaged compression.
  public init(bytes: [UInt8], source: String) throws(DatasetError) {
    values = try IDXFile(format: .idxLabels, source: source).read(bytes).content
  }

  /// The number of labels.
  public var count: Int { values.count }

  /// The class number of one sample, or `nil` if there is no such sample.
  public func label(at index: Int) -> Int? {
    guard index >= 0, index < count else { return nil }
    return Int(values[values.startIndex + index])
  }
}
