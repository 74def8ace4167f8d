import Arrays
import Localization

/// The header rules that IDX image and label files share.
///
/// Source: the format's description by Yann LeCun, at the end of the MNIST page.
struct IDXFile {
  let format: FileFormat
  let source: String

  /// The magic number of each kind: two zeros, the type code of unsigned bytes, the number of dimensions.
  static let imageMagic: UInt32 = 0x0000_0803
  static let labelMagic: UInt32 = 0x0000_0801
  /// QMNIST's labels: 32-bit integers in rows, of which the first is the class.
  static let labelRowsMagic: UInt32 = 0x0000_0C02

  /// The largest content accepted; the largest set in common use (EMNIST by class) has half of it.
  static let contentLimit = 1 << 30

  /// What a header says: the sizes of the dimensions, and how many bytes there are with its own.
  private struct Header {
    let dimensions: [Int]
    let byteCount: Int
    let fileSize: Int
  }

  private var magic: UInt32 { format == .idxImages ? Self.imageMagic : Self.labelMagic }

  /// What the dimensions are called, and how many bytes an element has, in a file of a magic number.
  private func layout(_ found: UInt32) -> (names: [String], elementSize: Int) {
    if format == .idxImages { return (["count", "rows", "columns"], 1) }
    return found == Self.labelRowsMagic ? (["count", "columns"], 4) : (["count"], 1)
  }

  /// The dimensions and the bytes after the header, decompressed first if they are gzip.
  func read(_ bytes: [UInt8]) throws(DatasetError) -> (dimensions: [Int], content: ArraySlice<UInt8>) {
    guard Gzip.isGzip(bytes) else { return try parse(bytes) }
    // The header says how much there should be, so a small file cannot make us fill the memory.
    let size = try header(try Gzip.prefix(of: bytes, count: 16, source: source)).fileSize
    let content: [UInt8]
    do {
      content = try Gzip.inflate(bytes, limit: size, source: source)
    } catch .tooLarge {
      throw defect(
        at: .whole, expected: localized("\(size) decompressed bytes"), got: localized("more"),
        advice: Self.fetchAgain)
    }
    return try parse(content)
  }

  private func parse(_ bytes: [UInt8]) throws(DatasetError) -> (dimensions: [Int], content: ArraySlice<UInt8>)
  {
    let header = try header(bytes)
    guard bytes.count == header.fileSize else {
      let sizes = header.dimensions.map(String.init).joined(separator: "×")
      throw defect(
        at: .whole, expected: localized("\(header.fileSize) bytes for \(sizes)"), got: "\(bytes.count)",
        advice: Self.fetchAgain)
    }
    return (header.dimensions, bytes[header.byteCount...])
  }

  private func header(_ bytes: [UInt8]) throws(DatasetError) -> Header {
    guard let found = bytes.storedInteger(UInt32.self, at: 0, order: .big) else {
      throw truncatedHeader(bytes.count, layout(magic).names.count)
    }
    guard found == magic || format == .idxLabels && found == Self.labelRowsMagic else {
      if let other = RecognizedFile(bytes), other != .idx, let advice = other.advice(for: format) {
        throw defect(at: .whole, expected: format.words, got: other.words, advice: advice)
      }
      throw defect(
        at: .byte(0), expected: localized("the magic number \(magic)"), got: "\(found)",
        advice: advice(forMagic: found))
    }
    let (names, elementSize) = layout(found)
    var dimensions: [Int] = []
    for (position, name) in names.enumerated() {
      guard let size = bytes.storedInteger(UInt32.self, at: 4 + 4 * position, order: .big) else {
        throw truncatedHeader(bytes.count, names.count)
      }
      guard size > 0 else {
        throw defect(at: .header(name), expected: localized("at least 1"), got: "0", advice: Self.fetchAgain)
      }
      dimensions.append(Int(size))
    }
    guard let size = (dimensions + [elementSize]).checkedProduct, size <= Self.contentLimit else {
      throw defect(
        at: .header(names.joined(separator: ", ")),
        expected: localized("at most \(Self.contentLimit) bytes of content"),
        got: dimensions.map(String.init).joined(separator: "×"), advice: Self.fetchAgain)
    }
    let byteCount = 4 + 4 * names.count
    return Header(dimensions: dimensions, byteCount: byteCount, fileSize: byteCount + size)
  }

  private func truncatedHeader(_ count: Int, _ dimensions: Int) -> DatasetError {
    defect(
      at: .byte(count), expected: localized("a header of \(4 + 4 * dimensions) bytes"),
      got: localized("the end of the file"),
      advice: Self.fetchAgain)
  }

  private func advice(forMagic found: UInt32) -> String {
    switch (format, found) {
    case (.idxImages, Self.labelMagic): localized("This is a label file; name the image file here.")
    case (.idxLabels, Self.imageMagic): localized("This is an image file; name the label file here.")
    default: localized("Check that this is an IDX file of unsigned bytes, as MNIST's are.")
    }
  }

  private func defect(
    at location: FileLocation, expected: String, got: String, advice: String
  ) -> DatasetError {
    .malformed(
      FileDefect(format, source: source, at: location, expected: expected, got: got, advice: advice))
  }

  private static var fetchAgain: String { localized("The file is damaged or cut short; fetch it again.") }
}
