import Arrays
import Localization

/// NumPy's format for one array.
///
/// Source: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>
public enum NpyFile {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// The bytes before the data are padded to a multiple of this.
  private static let alignment = 64
  /// NumPy leaves room in the header for the first size to grow to this many digits.
  private static let growthDigits = 21
  /// The longest header to look at; NumPy's own limit is 10,000.
  private static let headerLimit = 1 << 16

  /// Reads an array, versions 1 to 3, in C or Fortran order and either byte order.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - source: The name to put in an error.
  /// - Returns: The array, in row-major order and native byte order.
  /// - Throws: `DatasetError.malformed`, or `DatasetError.unsupported` for Python objects, strings,
  ///   complex numbers, records and dates.
  public static func read(_ bytes: [UInt8], source: String) throws(DatasetError) -> RawArray {
    let headerRange = try headerRange(bytes, source: source)
    let header: NpyHeader
    do throws(NpyHeader.Problem) {
      header = try NpyHeader(parsing: bytes[headerRange])
    } catch {
      if error.isRecords { throw unsupportedRecords(source: source) }
      throw malformed(source, .byte(error.offset), error.expected, error.got)
    }
    guard let description = NpyDescription(header.description) else {
      throw .unsupported(
        FileDefect(
          .npy, source: source, at: .header("descr"),
          expected: localized("a Boolean, integer or real type, such as '<f4'"),
          got: "'\(header.description)'",
          advice: header.description.hasSuffix("O")
            ? localized("Convert it in Python: numpy.save(path, array.astype(str)), or astype('float32').")
            : localized("Convert it in Python: numpy.save(path, array.astype('float32')).")))
    }
    let size = description.elementType.byteCount
    let content = bytes[headerRange.upperBound...]
    guard let expected = (header.shape + [size]).checkedProduct, expected == content.count else {
      throw malformed(
        source, .whole,
        localized(
          "the bytes of \(description.elementType.rawValue) of shape \(header.shape) after the header"),
        localized("\(content.count) bytes"))
    }
    return try array(content, header: header, description: description, source: source)
  }

  /// Writes an array as NumPy does, byte for byte: the oldest version that fits, C order, native byte order.
  ///
  /// - Parameter array: The array to write.
  /// - Returns: The whole file.
  /// - Throws: `DatasetError.invalidArgument` for bfloat16, which NumPy does not have.
  public static func write(_ array: RawArray) throws(DatasetError) -> [UInt8] {
    guard let description = NpyDescription.name(for: array.elementType) else {
      throw .invalidArgument(
        name: "array", expected: localized("a type that NumPy has, such as float32"),
        got: array.elementType.rawValue)
    }
    let sizes = array.shape.map(String.init)
    let tuple = sizes.count == 1 ? "(\(sizes[0]),)" : "(\(sizes.joined(separator: ", ")))"
    var text = Array("{'descr': '\(description)', 'fortran_order': False, 'shape': \(tuple), }".utf8)
    if let first = sizes.first {
      text += [UInt8](repeating: 0x20, count: max(0, growthDigits - first.utf8.count))
    }
    // Version 1 stores the header's length in two bytes, version 2 in four.
    let isShort = text.count + alignment <= Int(UInt16.max)
    let prefixSize = magic.count + 2 + (isShort ? 2 : 4)
    let padding = alignment - (prefixSize + text.count + 1) % alignment
    text += [UInt8](repeating: 0x20, count: padding) + [0x0A]
    let version: [UInt8] = [isShort ? 1 : 2, 0]
    let length = (0..<(isShort ? 2 : 4)).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return magic + version + length + text + array.bytes
  }

  /// Where the header is.
  static func headerRange(_ bytes: [UInt8], source: String) throws(DatasetError) -> Range<Int> {
    guard bytes.starts(with: magic) else {
      throw malformed(
        source, .byte(0), localized("the first bytes of a NumPy array"),
        RecognizedFile(bytes)?.words ?? bytes.words)
    }
    guard bytes.count >= magic.count + 2 else {
      throw malformed(source, .byte(bytes.count), localized("a version"), localized("the end of the file"))
    }
    let version = bytes[magic.count]
    guard (1...3).contains(version), bytes[magic.count + 1] == 0 else {
      throw malformed(
        source, .byte(magic.count), localized("version 1.0, 2.0 or 3.0"),
        "\(version).\(bytes[magic.count + 1])")
    }
    let lengthOffset = magic.count + 2
    let length =
      version == 1
      ? bytes.storedInteger(UInt16.self, at: lengthOffset, order: .little).map { Int($0) }
      : bytes.storedInteger(UInt32.self, at: lengthOffset, order: .little).map { Int($0) }
    guard let length else {
      throw malformed(
        source, .byte(bytes.count), localized("the header's length"), localized("the end of the file"))
    }
    let start = lengthOffset + (version == 1 ? 2 : 4)
    guard length <= headerLimit, length <= bytes.count - start else {
      throw malformed(
        source, .byte(lengthOffset),
        localized("a header of at most \(min(headerLimit, bytes.count - start)) bytes"),
        "\(length)")
    }
    return start..<start + length
  }

  private static func array(
    _ content: ArraySlice<UInt8>, header: NpyHeader, description: NpyDescription, source: String
  ) throws(DatasetError) -> RawArray {
    let size = description.elementType.byteCount
    if description.elementType == .bool, let index = content.firstIndex(where: { $0 > 1 }) {
      throw malformed(source, .byte(index), localized("0 or 1 for a Boolean"), "\(content[index])")
    }
    var bytes = description.order == .native ? Array(content) : ElementBytes.swapped(content, size: size)
    if header.isFortranOrder {
      bytes = ElementBytes.rowMajor(fromColumnMajor: bytes, shape: header.shape, size: size)
    }
    return RawArray(checkedType: description.elementType, shape: header.shape, bytes: bytes)
  }

  private static func unsupportedRecords(source: String) -> DatasetError {
    .unsupported(
      FileDefect(
        .npy, source: source, at: .header("descr"), expected: localized("one type for all elements"),
        got: localized("a list of fields"), advice: localized("Save each field as an array of its own.")))
  }

  /// A defect of an array's file.
  static func malformed(
    _ source: String, _ location: FileLocation, _ expected: String, _ got: String
  ) -> DatasetError {
    .malformed(
      FileDefect(
        .npy, source: source, at: location, expected: expected, got: got,
        advice: localized("Write the file again with numpy.save.")))
  }
}
