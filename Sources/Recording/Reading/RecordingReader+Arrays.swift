import Arrays
import Localization

extension RecordingReader {
  /// The array of the columns `dtype`, `shape`, `crc32` and `data`.
  ///
  /// - Parameters:
  ///   - fields: The row, at `dtype`.
  ///   - place: The place in the file, for errors.
  /// - Returns: The array.
  /// - Throws: `StoredFields.Defect` where the row does not hold one.
  static func array(_ fields: inout StoredFields, place: String) throws -> RawArray {
    let dtype = try fields.text(limit: 40)
    let shape = try fields.shape()
    let checksum = try fields.integer(0...Int(UInt32.max))
    let data = try fields.blob()
    guard let elementType = ElementType(rawValue: dtype) else {
      throw StoredFields.Defect(
        place: place, expected: localized("an element type such as float32"), got: "'\(dtype)'")
    }
    let size = elementType.byteCount
    guard let count = shape.checkedProduct, count <= fields.room / size, fields.unpack(count * size) else {
      throw StoredFields.Defect(
        place: place, expected: localized("at most \(fields.room) bytes in this file"),
        got: localized("the shape \(shapeText(shape))"))
    }
    let bytes: [UInt8]
    do { bytes = try Packing.unpack(data, elementSize: size, count: count) } catch {
      throw StoredFields.Defect(place: place, expected: error.expected, got: error.got)
    }
    let got = Recording.checksum(bytes)
    guard got == UInt32(checksum) else {
      throw StoredFields.Defect(place: place, expected: localized("the checksum \(checksum)"), got: "\(got)")
    }
    do {
      return try RawArray(elementType: elementType, shape: shape, bytes: bytes)
    } catch {
      throw StoredFields.Defect(place: place, expected: error.expected, got: error.got)
    }
  }
}
