import Arrays
import Localization

/// The rules for where the arrays' bytes are after the header.
struct SafetensorsLayout {
  let source: String
  /// Where the arrays' bytes begin in the file.
  let dataOffset: Int
  /// Whether arrays of types that are not known are left out.
  var skipsUnknownTypes = false

  private static let types = Dictionary(
    uniqueKeysWithValues: ElementType.allCases.map { ($0.safetensorsName, $0) })

  /// The records in the order of their bytes, once they are known to tile the data exactly.
  func checked(
    _ records: [SafetensorsRecord], dataCount: Int
  ) throws(DatasetError) -> [SafetensorsRecord] {
    let ordered = records.sorted { ($0.begin, $0.end) < ($1.begin, $1.end) }
    var position = 0
    for record in ordered {
      guard record.begin <= record.end, record.end <= dataCount else {
        throw malformed(
          record, localized("data offsets in order from 0 to \(dataCount)"),
          localized("\(record.begin) to \(record.end)"))
      }
      guard record.begin == position else {
        throw malformed(
          record, localized("data from offset \(position), where the tensor before it ends"),
          record.begin < position
            ? localized("offset \(record.begin), which overlaps")
            : localized("offset \(record.begin), which leaves a gap"))
      }
      let size = try elementType(of: record).map { (record.shape + [$0.byteCount]).checkedProduct }
      guard size == nil || size == record.end - record.begin else {
        throw malformed(
          record, localized("the bytes of \(record.type.shortened) of shape \(record.shape.shortened)"),
          localized("\(record.end - record.begin) bytes")
        )
      }
      position = record.end
    }
    guard position == dataCount else {
      throw .malformed(
        FileDefect(
          .safetensors, source: source, at: .byte(dataOffset + position),
          expected: localized("the end of the file after the last tensor"),
          got: localized("\(dataCount - position) bytes more"),
          advice: SafetensorsHeader.advice))
    }
    return ordered
  }

  /// The array of a checked record.
  ///
  /// - Returns: The array; nil for one of a type that is not known.
  func array(_ record: SafetensorsRecord, in file: [UInt8]) throws(DatasetError) -> RawArray? {
    guard let type = try elementType(of: record) else { return nil }
    let content = file[dataOffset + record.begin..<dataOffset + record.end]
    if type == .bool, let wrong = content.first(where: { $0 > 1 }) {
      throw malformed(record, localized("0 or 1 for a Boolean"), "\(wrong)")
    }
    let bytes =
      ByteOrder.native == .little
      ? Array(content) : ElementBytes.swapped(content, size: type.byteCount)
    return RawArray(checkedType: type, shape: record.shape, bytes: bytes)
  }

  /// The type of a record's elements; nil where it is not known and may be left out.
  private func elementType(of record: SafetensorsRecord) throws(DatasetError) -> ElementType? {
    guard let type = Self.types[record.type] else {
      if skipsUnknownTypes { return nil }
      throw .unsupported(
        FileDefect(
          .safetensors, source: source, at: .tensor(record.name.shortened),
          expected: localized(
            "one of \(ElementType.allCases.map(\.safetensorsName).joined(separator: ", "))"),
          got: record.type.shortened,
          advice: localized("Convert it in Python: tensor.to(torch.float32).")))
    }
    return type
  }

  private func malformed(_ record: SafetensorsRecord, _ expected: String, _ got: String) -> DatasetError {
    .malformed(
      FileDefect(
        .safetensors, source: source, at: .tensor(record.name.shortened), expected: expected, got: got,
        advice: SafetensorsHeader.advice))
  }
}
