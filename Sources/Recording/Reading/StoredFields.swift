import Foundation
import GRDB
import Localization

/// Reads the columns of one row from left to right. Nothing is trusted: types and ranges are checked.
struct StoredFields {
  private let row: Row
  private var index: Int
  /// The place in the file, for errors.
  let place: String

  private let allowance: ReadAllowance?

  /// The columns of a row; what they take is drawn from an allowance.
  init(_ row: Row, place: String, _ allowance: ReadAllowance? = nil, from first: Int = 0) {
    self.row = row
    index = first
    self.place = place
    self.allowance = allowance
  }

  /// What is wrong here.
  struct Defect: Error, Equatable {
    var place: String
    var expected: String
    var got: String
  }

  func defect(expected: String, got: String) -> Defect { Defect(place: place, expected: expected, got: got) }

  mutating func integer(_ range: ClosedRange<Int>) throws(Defect) -> Int {
    guard case .int64(let value) = next(), let number = Int(exactly: value), range.contains(number) else {
      throw mismatch("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    try draw(0)
    return number
  }

  /// Any 64 bits.
  mutating func bits() throws(Defect) -> UInt64 {
    guard case .int64(let value) = next() else { throw mismatch("a whole number") }
    return UInt64(bitPattern: value)
  }

  /// A step, from 1.
  mutating func step() throws(Defect) -> Int { try integer(1...StoredFields.lastStep) }

  mutating func flag() throws(Defect) -> Bool { try integer(0...1) == 1 }

  mutating func real() throws(Defect) -> Double {
    guard let value = try optionalReal() else { throw mismatch("a number") }
    return value
  }

  mutating func optionalReal() throws(Defect) -> Double? {
    switch next() {
    case .null: nil
    case .double(let value): value
    case .int64(let value): Double(value)
    case .string("NaN"): .nan
    case .string, .blob: throw mismatch("a number")
    }
  }

  mutating func text(limit: Int = 1 << 16) throws(Defect) -> String {
    guard let text = try optionalText(limit: limit) else { throw mismatch("text") }
    return text
  }

  mutating func optionalText(limit: Int = 1 << 16) throws(Defect) -> String? {
    switch next() {
    case .null: return nil
    case .string(let text) where text.utf8.count <= limit:
      try draw(text.utf8.count)
      return text
    case .string, .int64, .double, .blob: throw mismatch("text of at most \(limit) bytes")
    }
  }

  mutating func blob() throws(Defect) -> [UInt8] {
    guard case .blob(let data) = next() else { throw mismatch("bytes") }
    try draw(data.count)
    return Array(data)
  }

  mutating func optionalInteger(_ range: ClosedRange<Int>) throws(Defect) -> Int? {
    if case .null = (row[index] as DatabaseValue).storage {
      index += 1
      return nil
    }
    return try integer(range)
  }

  /// Sizes of dimensions, `[128,784]`.
  mutating func shape() throws(Defect) -> [Int] {
    let text = try text(limit: 400)
    let parts = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: true)
    let sizes = parts.compactMap { size in Int(String(size.filter { $0 != " " })) }
    guard text.hasPrefix("["), text.hasSuffix("]"), sizes.count == parts.count, sizes.count <= 16,
      sizes.allSatisfy({ (0...1 << 40).contains($0) })
    else { throw defect(expected: localized("a shape such as [128,784]"), got: "'\(text.prefix(40))'") }
    return sizes
  }

  /// The last step that a file may name: arithmetic on it cannot overflow.
  static let lastStep = 1 << 48

  private func draw(_ count: Int) throws(Defect) {
    guard allowance?.draw(count) ?? true else {
      throw defect(
        expected: localized("no more than the file has"), got: localized("the same bytes again and again"))
    }
  }

  /// **Units**: bytes that the row may still unpack to.
  var room: Int { allowance?.room ?? .max }

  /// Takes room for what is unpacked; false where there is too little, so that nothing may be allocated.
  func unpack(_ count: Int) -> Bool { allowance?.unpack(count) ?? true }

  private mutating func next() -> DatabaseValue.Storage {
    // Every column takes a byte of its row at least, so that the same rows again and again use the allowance up.
    _ = allowance?.draw(1)
    defer { index += 1 }
    return (row[index] as DatabaseValue).storage
  }

  private func mismatch(_ expected: String) -> Defect {
    let value: DatabaseValue = row[index - 1]
    let got =
      switch value.storage {
      case .null: "nothing"
      case .int64(let value): "\(value)"
      case .double(let value): "\(value)"
      case .string(let text): "'\(text.prefix(40))'"
      case .blob(let data): "\(data.count) bytes"
      }
    let name = Array(row.columnNames)[index - 1]
    return Defect(place: "\(place), \(name)", expected: expected, got: got)
  }
}

extension DatabaseValue {
  /// **Units**: bytes that the value takes in a file, at least.
  var storedByteCount: Int {
    switch storage {
    case .null: 1
    case .int64, .double: 2
    case .string(let text): 1 + text.utf8.count
    case .blob(let data): 1 + data.count
    }
  }
}
