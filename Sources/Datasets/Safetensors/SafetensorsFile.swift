import Arrays

/// Named arrays in one file: Hugging Face's format for a model's parameters.
///
/// A file is the header's length (8 bytes, little-endian), a JSON header, and the arrays' bytes without
/// a gap. Source: <https://huggingface.co/docs/safetensors/index#format>
public struct SafetensorsFile: Equatable, Sendable {
  /// The arrays, in the order of their bytes in the file.
  public var entries: [NamedArray]
  /// Free text by key, as in `["format": "pt"]`.
  public var metadata: [String: String]
  /// The arrays of types that are not known here, such as `F8_E4M3`, and the type of each; not written.
  public private(set) var unread: [String: String] = [:]

  /// A file of the given arrays.
  public init(entries: [NamedArray], metadata: [String: String] = [:]) {
    self.entries = entries
    self.metadata = metadata
  }

  /// The array of a name, or `nil` if the file has none.
  public subscript(name: String) -> RawArray? {
    entries.first { $0.name == name }?.array
  }

  /// Reads a file, and holds it to every rule of the format.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - source: The name to put in an error.
  ///   - skipsUnknownTypes: Whether arrays of types that are not known are left out, and named in ``unread``.
  /// - Throws: `DatasetError.malformed` for a header that is too long or not the JSON it should be, and
  ///   for arrays that overlap, leave a gap, or do not have the size that type and shape require;
  ///   `DatasetError.unsupported` for an element type that is not known here.
  public init(bytes: [UInt8], source: String, skipsUnknownTypes: Bool = false) throws(DatasetError) {
    let header = try SafetensorsHeader(file: bytes, source: source)
    let layout = SafetensorsLayout(
      source: source, dataOffset: header.range.upperBound, skipsUnknownTypes: skipsUnknownTypes)
    let records = try layout.checked(header.records, dataCount: bytes.count - header.range.upperBound)
    entries = []
    entries.reserveCapacity(records.count)
    for record in records {
      if let array = try layout.array(record, in: bytes) {
        entries.append(NamedArray(name: record.name, array: array))
      } else {
        unread[record.name] = record.type
      }
    }
    metadata = header.metadata
  }
}
