import Foundation
import GRDB

/// A row as it is in a page: its number and its columns.
struct SalvagedRow {
  let id: Int64
  let values: [DatabaseValue]
}

/// Reads pages of the trees that tables are kept in.
struct TreeReader {
  private let file: PageFile
  private let usableSize: Int
  /// How many bytes of rows may still be read: a damaged tree can lead to the same pages again and again.
  private var left: Int

  /// A reader of a file's pages.
  init(_ file: PageFile) {
    self.file = file
    usableSize = file.usableSize
    left = file.byteCount * 2 + 1 << 20
  }

  /// What kind of page of a table's tree it is.
  enum Kind {
    case interior(children: [Int])
    case leaf
  }

  /// The kind of a page; nil where it is not part of a table's tree.
  func kind(_ page: [UInt8], number: Int) -> Kind? {
    let start = number == 1 ? 100 : 0
    switch page[start] {
    case 0x0D: return .leaf
    case 0x05:
      let children = cells(page, start + 12, start).map { page.bigEndian(at: $0, count: 4) }
      return .interior(children: children + [page.bigEndian(at: start + 8, count: 4)])
    default: return nil
    }
  }

  /// The rows of a leaf that can be read, and how many could not.
  mutating func rows(_ page: [UInt8], number: Int) -> (rows: [SalvagedRow], lost: Int) {
    let start = number == 1 ? 100 : 0
    var rows: [SalvagedRow] = []
    let cells = cells(page, start + 8, start)
    for place in cells { if let row = row(page, at: place) { rows.append(row) } }
    return (rows, cells.count - rows.count)
  }

  private func cells(_ page: [UInt8], _ first: Int, _ start: Int) -> [Int] {
    let count = min(page.bigEndian(at: start + 3, count: 2), (page.count - first) / 2)
    return (0..<count).map { page.bigEndian(at: first + 2 * $0, count: 2) }.filter {
      $0 >= first && $0 < page.count
    }
  }

  private mutating func row(_ page: [UInt8], at cell: Int) -> SalvagedRow? {
    var place = cell
    guard let size = StoredRecord.number(page, &place), let id = StoredRecord.number(page, &place),
      size > 0, size <= Int64(left)
    else { return nil }
    left -= Int(size)
    guard let payload = payload(page, at: place, size: Int(size)) else { return nil }
    return StoredRecord.values(payload).map { SalvagedRow(id: id, values: $0) }
  }

  /// A row's bytes: those in its page, and those in its overflow pages.
  private func payload(_ page: [UInt8], at place: Int, size: Int) -> [UInt8]? {
    let most = usableSize - 35
    guard size > most else {
      return place + size <= page.count ? Array(page[place..<place + size]) : nil
    }
    let least = (usableSize - 12) * 32 / 255 - 23
    let fitting = least + (size - least) % (usableSize - 4)
    let local = fitting <= most ? fitting : least
    guard place + local + 4 <= page.count else { return nil }
    var payload = Array(page[place..<place + local])
    payload.reserveCapacity(size)
    var next = page.bigEndian(at: place + local, count: 4)
    while payload.count < size {
      guard let more = file.page(next) else { return nil }
      payload += more[4..<min(usableSize, 4 + size - payload.count)]
      next = more.bigEndian(at: 0, count: 4)
    }
    return payload
  }
}

/// The encoding of a row's columns.
enum StoredRecord {
  /// The most columns that a row of ours has, and some.
  private static let columnLimit = 64

  /// A number of one to nine bytes; nil where the bytes end before it.
  static func number(_ bytes: [UInt8], _ place: inout Int) -> Int64? {
    var value: UInt64 = 0
    for count in 0..<9 {
      guard bytes.indices.contains(place) else { return nil }
      let byte = UInt64(bytes[place])
      place += 1
      if count == 8 { return Int64(bitPattern: value << 8 | byte) }
      value = value << 7 | byte & 0x7F
      if byte < 0x80 { return Int64(bitPattern: value) }
    }
    return nil
  }

  /// The columns of a record; nil where it is none.
  static func values(_ bytes: [UInt8]) -> [DatabaseValue]? {
    var head = 0
    guard let size = number(bytes, &head), size >= Int64(head), size <= Int64(bytes.count) else { return nil }
    var place = Int(size)
    var values: [DatabaseValue] = []
    while head < Int(size) {
      guard let kind = number(bytes, &head), head <= Int(size), values.count < columnLimit,
        let value = value(bytes, kind, &place)
      else { return nil }
      values.append(value)
    }
    return values
  }

  private static func value(_ bytes: [UInt8], _ kind: Int64, _ place: inout Int) -> DatabaseValue? {
    let length: Int
    switch kind {
    case 0, 8, 9: length = 0
    case 1...4: length = Int(kind)
    case 5: length = 6
    case 6, 7: length = 8
    case 12...: length = Int((kind - 12) / 2)
    default: return nil
    }
    guard length <= bytes.count - place else { return nil }
    defer { place += length }
    switch kind {
    case 0: return .null
    case 8, 9: return (kind - 8).databaseValue
    case 7: return Double(bitPattern: UInt64(bitPattern: whole(bytes, place, length))).databaseValue
    case 1...6: return whole(bytes, place, length).databaseValue
    default:
      let content = bytes[place..<place + length]
      return kind.isMultiple(of: 2)
        ? Data(content).databaseValue : String(decoding: content, as: UTF8.self).databaseValue
    }
  }

  /// A number of one to eight bytes with its sign.
  private static func whole(_ bytes: [UInt8], _ place: Int, _ length: Int) -> Int64 {
    let start: UInt64 = bytes[place] >= 0x80 ? .max : 0
    return Int64(bitPattern: bytes[place..<place + length].reduce(start) { $0 << 8 | UInt64($1) })
  }
}
