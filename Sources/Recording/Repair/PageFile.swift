import Foundation
import Localization

/// The pages of a SQLite database as they are on disk, read without SQLite, which refuses one that is cut short.
///
/// Nothing is trusted: a missing page is nil, and no number is followed beyond the file.
/// **Source**: <https://www.sqlite.org/fileformat2.html>
struct PageFile {
  /// **Units**: bytes.
  let pageSize: Int
  private let bytes: Data
  private let log: Data
  /// Where in the log the newest version of a page is.
  private let logPlaces: [Int: Int]

  /// The pages of a file and of the log beside it.
  ///
  /// - Throws: `RecordingError.cannotRead`.
  init(path: String) throws(RecordingError) {
    if let obstacle = RecordingFile(path: path).readingObstacle, case .cannotRead = obstacle {
      throw obstacle
    }
    do {
      bytes = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
      let hasLog = RecordingFile(path: path).hasLog
      log = hasLog ? try Data(contentsOf: URL(filePath: path + "-wal"), options: .mappedIfSafe) : Data()
    } catch {
      throw .cannotRead(path: path, reason: localized("the system fails to read it"))
    }
    let frames = LogFrames(log)
    let stored = bytes.count >= 18 ? Int(bytes[16]) << 8 | Int(bytes[17]) : 0
    let size = frames?.pageSize ?? (stored == 1 ? 65_536 : stored)
    pageSize = (512...65_536).contains(size) && size & (size - 1) == 0 ? size : RecordingBudget.pageSize
    logPlaces = frames?.pageSize == pageSize ? frames?.places ?? [:] : [:]
  }

  /// The numbers of the pages that there are, those of the log included.
  var pageNumbers: [Int] {
    let count = bytes.count / pageSize
    return Array(0..<count).map { $0 + 1 } + logPlaces.keys.filter { $0 > count }.sorted()
  }

  /// All bytes that there are.
  var byteCount: Int { bytes.count + log.count }

  /// Whether the file begins as every SQLite database does.
  var hasMark: Bool { (page(1) ?? []).starts(with: Array("SQLite format 3\0".utf8)) }

  /// A page, from 1; nil where there is none.
  func page(_ number: Int) -> [UInt8]? {
    if let place = logPlaces[number] { return Array(log[place..<place + pageSize]) }
    guard number >= 1, number <= bytes.count / pageSize else { return nil }
    return Array(bytes[(number - 1) * pageSize..<number * pageSize])
  }

  /// The bytes of a page that hold content.
  var usableSize: Int {
    let reserved = page(1).map { Int($0[20]) } ?? 0
    return hasMark && pageSize - reserved >= 480 ? pageSize - reserved : pageSize
  }

  /// The pages that hold nothing now, and whether their list is whole.
  var freePages: (pages: Set<Int>, isWhole: Bool) {
    guard hasMark, let head = page(1) else { return ([], false) }
    var pages: Set<Int> = []
    var trunk = head.bigEndian(at: 32, count: 4)
    while trunk != 0 {
      guard pages.insert(trunk).inserted, let page = page(trunk) else { return (pages, false) }
      let count = page.bigEndian(at: 4, count: 4)
      guard count <= pageSize / 4 - 2 else { return (pages, false) }
      for place in 0..<count { pages.insert(page.bigEndian(at: 8 + 4 * place, count: 4)) }
      trunk = page.bigEndian(at: 0, count: 4)
    }
    return (pages, true)
  }
}

/// The pages in a write-ahead log up to its last whole transaction.
struct LogFrames {
  let pageSize: Int
  private(set) var places: [Int: Int] = [:]

  /// The frames of a log; nil where it is none.
  init?(_ log: Data) {
    guard log.count > 32, [0x377F_0682, 0x377F_0683].contains(log.bigEndian(at: 0, count: 4)) else {
      return nil
    }
    let isBigEndian = log.bigEndian(at: 0, count: 4) & 1 == 1
    pageSize = log.bigEndian(at: 8, count: 4)
    guard (512...65_536).contains(pageSize), pageSize & (pageSize - 1) == 0 else { return nil }
    var sum: (UInt32, UInt32) = (0, 0)
    LogFrames.add(log[0..<24], isBigEndian, to: &sum)
    guard sum == LogFrames.sum(log, at: 24) else { return nil }
    let salts = Array(log[16..<24])
    var waiting: [Int: Int] = [:]
    var place = 32
    while place + 24 + pageSize <= log.count {
      guard Array(log[place + 8..<place + 16]) == salts else { break }
      LogFrames.add(log[place..<place + 8], isBigEndian, to: &sum)
      LogFrames.add(log[place + 24..<place + 24 + pageSize], isBigEndian, to: &sum)
      guard sum == LogFrames.sum(log, at: place + 16) else { break }
      waiting[log.bigEndian(at: place, count: 4)] = place + 24
      if log.bigEndian(at: place + 4, count: 4) != 0 {
        places.merge(waiting) { $1 }
        waiting.removeAll()
      }
      place += 24 + pageSize
    }
    places[0] = nil
  }

  private static func sum(_ log: Data, at place: Int) -> (UInt32, UInt32) {
    (UInt32(log.bigEndian(at: place, count: 4)), UInt32(log.bigEndian(at: place + 4, count: 4)))
  }

  /// The log's checksum: two sums that feed each other.
  private static func add(_ bytes: Data, _ isBigEndian: Bool, to sum: inout (UInt32, UInt32)) {
    bytes.withUnsafeBytes { bytes in
      for place in stride(from: 0, to: bytes.count - 7, by: 8) {
        let words = (0..<2).map { word -> UInt32 in
          let stored = bytes.loadUnaligned(fromByteOffset: place + 4 * word, as: UInt32.self)
          return isBigEndian ? UInt32(bigEndian: stored) : UInt32(littleEndian: stored)
        }
        sum.0 = sum.0 &+ words[0] &+ sum.1
        sum.1 = sum.1 &+ words[1] &+ sum.0
      }
    }
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// A whole number of some bytes, the first of them the greatest; what is not there counts as 0.
  func bigEndian(at place: Int, count: Int) -> Int {
    (place..<place + count).reduce(0) { $0 << 8 | (indices.contains($1) ? Int(self[$1]) : 0) }
  }
}
