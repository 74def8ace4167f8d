import CZlib
import Localization

/// The files in a ZIP archive held in memory, as `.npz` is one.
///
/// Source: <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>, without encryption, several disks and ZIP64
/// beyond what NumPy writes.
struct Zip {
  /// A file of the archive.
  struct Entry: Equatable {
    /// Its name.
    var name: String
    /// How it is compressed: 0 for not at all, 8 for deflate.
    var method: UInt16
    /// The bytes that it takes in the archive.
    var storedCount: Int
    /// Its own bytes.
    var byteCount: Int
    /// Where its local header is.
    var offset: Int
  }

  private let bytes: [UInt8]
  private let source: String
  /// The files, in the archive's order.
  let entries: [Entry]

  /// The most bytes that one file may have.
  private static let limit = 1 << 32
  private static let directoryMark: UInt32 = 0x0201_4B50
  private static let endMark: UInt32 = 0x0605_4B50

  /// Reads the directory of an archive.
  ///
  /// - Throws: `DatasetError.malformed` where there is none.
  init(_ bytes: [UInt8], source: String) throws(DatasetError) {
    (self.bytes, self.source) = (bytes, source)
    // The end has 22 bytes and a comment of at most 65,535.
    let first = max(0, bytes.count - 22 - 65_535)
    let end = stride(from: bytes.count - 22, through: first, by: -1).first {
      bytes.storedInteger(UInt32.self, at: $0, order: .little) == Zip.endMark
    }
    guard let end, let count = bytes.storedInteger(UInt16.self, at: end + 10, order: .little),
      let start = bytes.storedInteger(UInt32.self, at: end + 16, order: .little)
    else {
      throw Zip.defect(source, bytes.count, localized("the directory of a ZIP archive"), localized("none"))
    }
    var entries: [Entry] = []
    var place = Int(start)
    for _ in 0..<count {
      guard let (entry, next) = Zip.entry(bytes, at: place) else {
        throw Zip.defect(source, place, localized("a file of the directory"), localized("other bytes"))
      }
      entries.append(entry)
      place = next
    }
    self.entries = entries
  }

  /// The bytes of a file.
  ///
  /// - Throws: `DatasetError.malformed` for a damaged file, `DatasetError.tooLarge` for one of more than 4 GiB.
  func read(_ entry: Entry) throws(DatasetError) -> [UInt8] {
    let name = "\(source)/\(entry.name)"
    guard let nameCount = bytes.storedInteger(UInt16.self, at: entry.offset + 26, order: .little),
      let extraCount = bytes.storedInteger(UInt16.self, at: entry.offset + 28, order: .little),
      case let start = entry.offset + 30 + Int(nameCount) + Int(extraCount),
      start <= bytes.count, entry.storedCount <= bytes.count - start
    else {
      throw Zip.defect(
        name, entry.offset, localized("the bytes of the file"), localized("the end of the file"))
    }
    guard entry.byteCount <= Zip.limit else {
      throw .tooLarge(source: name, bytes: entry.byteCount, limit: Zip.limit)
    }
    let stored = Array(bytes[start..<start + entry.storedCount])
    switch entry.method {
    case 0: return stored
    case 8:
      guard let output = Zip.inflate(stored, count: entry.byteCount) else {
        throw Zip.defect(name, start, localized("valid compressed data"), localized("other bytes"))
      }
      return output
    default:
      throw Zip.defect(
        name, entry.offset, localized("compression method 0 or 8"), "\(entry.method)")
    }
  }

  /// The file at a place of the directory, and where the next is.
  private static func entry(_ bytes: [UInt8], at place: Int) -> (Entry, Int)? {
    func short(_ offset: Int) -> Int? {
      bytes.storedInteger(UInt16.self, at: place + offset, order: .little).map(Int.init)
    }
    func long(_ offset: Int) -> Int? {
      bytes.storedInteger(UInt32.self, at: place + offset, order: .little).map(Int.init)
    }
    guard bytes.storedInteger(UInt32.self, at: place, order: .little) == directoryMark,
      let method = short(10), let stored = long(20), let count = long(24), let nameCount = short(28),
      let extraCount = short(30), let commentCount = short(32), let offset = long(42),
      place + 46 + nameCount <= bytes.count
    else { return nil }
    let name = String(decoding: bytes[place + 46..<place + 46 + nameCount], as: UTF8.self)
    return (
      Entry(
        name: name, method: UInt16(method), storedCount: stored, byteCount: count, offset: offset),
      place + 46 + nameCount + extraCount + commentCount
    )
  }

  /// Decompresses deflated bytes that have a known length; nil where they are others.
  ///
  /// What is claimed is not trusted: the output grows with what is really there.
  private static func inflate(_ bytes: [UInt8], count: Int) -> [UInt8]? {
    var stream = z_stream()
    guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    return withUnsafeMutablePointer(to: &stream) { stream in
      defer { inflateEnd(stream) }
      var output: [UInt8] = []
      var input = bytes
      return input.withUnsafeMutableBufferPointer { input -> [UInt8]? in
        var consumed = 0
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { chunk -> [UInt8]? in
          while true {
            let offered = min(input.count - consumed, 1 << 30)
            stream.pointee.next_in = input.baseAddress?.advanced(by: consumed)
            stream.pointee.avail_in = UInt32(offered)
            stream.pointee.next_out = chunk.baseAddress
            stream.pointee.avail_out = UInt32(chunk.count)
            let status = CZlib.inflate(stream, Z_NO_FLUSH)
            consumed += offered - Int(stream.pointee.avail_in)
            output.append(contentsOf: chunk.prefix(chunk.count - Int(stream.pointee.avail_out)))
            if output.count > count { return nil }
            if status == Z_STREAM_END { return output.count == count ? output : nil }
            guard status == Z_OK else { return nil }
          }
        }
      }
    }
  }

  private static func defect(
    _ source: String, _ offset: Int, _ expected: String, _ got: String
  ) -> DatasetError {
    .malformed(
      FileDefect(
        .npz, source: source, at: .byte(offset), expected: expected, got: got,
        advice: localized("The file is damaged or cut short; fetch it again.")))
  }
}
