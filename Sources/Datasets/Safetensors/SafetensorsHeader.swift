import Localization

/// What the JSON header says of one array.
struct SafetensorsRecord: Equatable {
  var name: String
  var type: String
  var shape: [Int]
  /// Where the array's bytes begin and end, counted from the header's end.
  var begin: Int
  var end: Int
}

/// The JSON header of a safetensors file.
struct SafetensorsHeader {
  /// The header's place in the file.
  let range: Range<Int>
  private(set) var records: [SafetensorsRecord] = []
  private(set) var metadata: [String: String] = [:]

  /// The key that cannot be an array's name.
  static let metadataKey = "__metadata__"
  /// The reference implementation's limit.
  private static let lengthLimit = 100_000_000
  static let lengthSize = 8
  static var advice: String { localized("Write the file again with safetensors.torch.save_file.") }

  init(file: [UInt8], source: String) throws(DatasetError) {
    if let other = RecognizedFile(file), other != .safetensors, other != .idx {
      throw Self.malformed(
        source, .whole, localized("a safetensors file"), other.words,
        advice: other.advice(for: .safetensors) ?? Self.advice)
    }
    guard let length = file.storedInteger(UInt64.self, at: 0, order: .little) else {
      throw Self.malformed(
        source, .byte(file.count), localized("the header's length in 8 bytes"),
        localized("the end of the file"))
    }
    let room = file.count - Self.lengthSize
    guard length >= 2, length <= Self.lengthLimit, length <= room else {
      throw Self.malformed(
        source, .byte(0), localized("a header length from 2 to \(min(room, Self.lengthLimit))"), "\(length)")
    }
    range = Self.lengthSize..<Self.lengthSize + Int(length)
    var json = JSONCursor(bytes: file[range])
    do throws(JSONCursor.Problem) {
      try parse(&json)
    } catch {
      throw Self.malformed(source, .byte(error.offset), error.expected, error.got)
    }
  }

  private mutating func parse(_ json: inout JSONCursor) throws(JSONCursor.Problem) {
    // The header begins with its brace and may be padded with spaces only at its end.
    guard json.bytes.first == UInt8(ascii: "{") else { throw json.problem("'{'") }
    var names: Set<SafetensorsName> = []
    var records: [SafetensorsRecord] = []
    var metadata: [String: String] = [:]
    try json.object { (json, name, offset) throws(JSONCursor.Problem) in
      guard names.insert(SafetensorsName(name)).inserted else {
        throw JSONCursor.Problem(
          offset: offset, expected: localized("a name of its own for each tensor"),
          got: localized("\(name.shortened) twice"))
      }
      if name == Self.metadataKey {
        try json.object { (json, key, offset) throws(JSONCursor.Problem) in
          guard metadata.updateValue(try json.string(), forKey: key) == nil else {
            throw JSONCursor.Problem(
              offset: offset, expected: localized("each metadata key once"),
              got: localized("\(key.shortened) twice"))
          }
        }
      } else {
        records.append(try Self.record(&json, name: name))
      }
    }
    try json.expectEnd()
    self.records = records
    self.metadata = metadata
  }

  private static func record(
    _ json: inout JSONCursor, name: String
  ) throws(JSONCursor.Problem) -> SafetensorsRecord {
    let start = json.position
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try json.object { (json, key, offset) throws(JSONCursor.Problem) in
      switch key {
      case "dtype" where type == nil: type = try json.string()
      case "shape" where shape == nil: shape = try json.sizes()
      case "data_offsets" where offsets == nil: offsets = try json.sizes()
      case "dtype", "shape", "data_offsets":
        throw JSONCursor.Problem(
          offset: offset,
          expected: localized("dtype, shape and data_offsets once each in tensor \(name.shortened)"),
          got: localized("\(key.shortened) twice"))
      default: try json.skipValue()
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw JSONCursor.Problem(
        offset: start, expected: localized("dtype, shape and two data_offsets in tensor \(name.shortened)"),
        got: localized("fewer or more"))
    }
    return SafetensorsRecord(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
  }

  private static func malformed(
    _ source: String, _ location: FileLocation, _ expected: String, _ got: String,
    advice: String = SafetensorsHeader.advice
  ) -> DatasetError {
    .malformed(
      FileDefect(
        .safetensors, source: source, at: location, expected: expected, got: got, advice: advice))
  }
}

/// A tensor's name by its bytes: names that differ only in how an accent is written are two.
struct SafetensorsName: Hashable {
  private let name: String

  init(_ name: String) { self.name = name }

  static func == (left: SafetensorsName, right: SafetensorsName) -> Bool {
    left.name.utf8.elementsEqual(right.name.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var name = name
    name.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
