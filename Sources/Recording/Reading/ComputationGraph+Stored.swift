import Foundation
import Localization
import Trace

extension ComputationGraph {
  /// The graph of a blob of the table `graphs`.
  init(stored: [UInt8], _ fields: StoredFields) throws {
    self = try RecordingReader.structure(stored, fields, expected: "a graph in JSON")
    try check(fields)
  }

  /// Checks that the nodes can be drawn and gone through.
  func check(_ fields: StoredFields) throws {
    for (place, node) in nodes.enumerated() {
      guard node.id == place, node.inputs.allSatisfy({ (0..<place).contains($0) }),
        node.shape.count <= 16, PossibleShape.of(node.shape) == node.shape
      else {
        throw fields.defect(
          expected: localized("nodes after their inputs, with shapes"),
          got: localized("node \(place) '\(node.name.prefix(40))'"))
      }
    }
  }
}

extension RecordingReader {
  /// What a blob of a column `structure` says: the length of its JSON in four bytes, then a zlib stream of it, or the
  /// JSON itself where that is no longer.
  static func structure<Value: Decodable>(
    _ stored: [UInt8], _ fields: StoredFields, expected: String
  ) throws -> Value {
    guard let length = length(stored) else {
      throw fields.defect(expected: "compressed JSON", got: "\(stored.count) other bytes")
    }
    guard fields.unpack(length * ReadAllowance.weightOfJSON) else {
      throw fields.defect(
        expected: localized("at most \(fields.room / ReadAllowance.weightOfJSON) bytes of JSON in this file"),
        got: "\(length)")
    }
    guard let json = json(stored, length) else {
      throw fields.defect(expected: "compressed JSON", got: "\(stored.count) other bytes")
    }
    guard let value = try? RecordingJSON.decode(Value.self, from: json) else {
      throw fields.defect(expected: expected, got: "other text")
    }
    return value
  }

  /// How many bytes of JSON a blob says that it holds; nil where it cannot hold them.
  private static func length(_ stored: [UInt8]) -> Int? {
    guard stored.count >= 4 else { return nil }
    let length = stored.withUnsafeBytes { Int(UInt32(stored: $0, at: 0)) }
    return length <= min(RecordingJSON.byteLimit, Deflate.mostOutput(of: stored.count - 4)) ? length : nil
  }

  private static func json(_ stored: [UInt8], _ length: Int) -> Data? {
    let rest = stored[4...]
    if length == rest.count { return Data(rest) }
    var json = [UInt8](repeating: 0, count: length)
    let isWhole = rest.withUnsafeBytes { rest in
      json.withUnsafeMutableBufferPointer { Deflate.inflate(rest, into: $0) }
    }
    return isWhole ? Data(json) : nil
  }
}
