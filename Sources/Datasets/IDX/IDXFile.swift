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

  /// The largest content accepted; the largest set in common use (EMNIST by class) has half of it.
  static let contentLimit = 1 << 30

  private var magic: UInt32 { format == .idxImages ? Self.imageMagic : Self.labelMagic }
  private var dimensionNames: [String] {
    format == .idxImages ? ["count", "rows", "columns"] : ["count"]
  }
  private var headerSize: Int { 4 + 4 * dimensionNames.count }

  /// The dimensions and the bytes after the header, decompressed first if they are gzip.
  func read(_ bytes: [UInt8]) throws(DatasetError) -> (dimensions: [Int], content: ArraySlice<UInt8>) {
    guard Gzip.isGzip(bytes) else { return try parse(bytes) }
    // The header says how much there should be, so a small file cannot make us fill the memory.
    let header = try Gzip.prefix(of: bytes, count: headerSize, source: source)
    let size = headerSize + (try contentSize(dimensions(header)))
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
    let dimensions = try dimensions(bytes)
    let size = headerSize + (try contentSize(dimensions))
    guard bytes.count == size else {
      throw defect(
        at: .whole,
        expected: localized("\(size) bytes for \(dimensions.map(String.init).joined(separator: "×"))"),
        got: "\(bytes.count)", advice: Self.fetchAgain)
    }
    return (dimensions, bytes[headerSize...])
  }

  private func dimensions(_ bytes: [UInt8]) throws(DatasetError) -> [Int] {
    guard let found = bytes.storedInteger(UInt32.self, at: 0, order: .big) else {
      throw truncatedHeader(bytes.count)
    }
    guard found == magic else {
      throw defect(
        at: .byte(0), expected: localized("the magic number \(magic)"), got: "\(found)",
        advice: advice(forMagic: found))
    }
    var dimensions: [Int] = []
    for (position, name) in dimensionNames.enumerated() {
      guard let size = bytes.storedInteger(UInt32.self, at: 4 + 4 * position, order: .big) else {
        throw truncatedHeader(bytes.count)
      }
      guard size > 0 else {
        throw defect(at: .header(name), expected: localized("at least 1"), got: "0", advice: Self.fetchAgain)
      }
      dimensions.append(Int(size))
    }
    return dimensions
  }

  private func contentSize(_ dimensions: [Int]) throws(DatasetError) -> Int {
    guard let size = dimensions.checkedProduct, size <= Self.contentLimit else {
      throw defect(
        at: .header(dimensionNames.joined(separator: ", ")),
        expected: localized("at most \(Self.contentLimit) bytes of content"),
        got: dimensions.map(String.init).joined(separator: "×"), advice: Self.fetchAgain)
    }
    return size
  }

  private func truncatedHeader(_ count: Int) -> DatasetError {
    defect(
      at: .byte(count), expected: localized("a header of \(headerSize) bytes"),
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
