import Foundation

/// One message between the probe and Tapedeck: a JSON object, and the arrays that it names.
package struct Frame: Sendable, Equatable {
  /// The greatest header.
  ///
  /// **Units**: bytes.
  package static let mostHeader = 16 << 20
  /// The greatest payload.
  ///
  /// **Units**: bytes.
  package static let mostPayload = 1 << 30
  /// How many bytes come before the header: its length and that of the payload.
  static let prefixLength = 12

  /// The JSON object.
  package var header: Data
  /// The arrays, one after another.
  package var payload: [UInt8]

  /// A message.
  package init(header: Data, payload: [UInt8] = []) {
    self.header = header
    self.payload = payload
  }

  /// The message as it is sent, little-endian.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Frame.prefixLength + header.count + payload.count)
    for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: header.count >> (8 * place))) }
    for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: payload.count >> (8 * place))) }
    return bytes + header + payload
  }
}

/// Assembles messages from the pieces in which they arrive.
package struct FrameReader: Sendable {
  private var waiting: [UInt8] = []

  /// A reader that has seen nothing.
  package init() {}

  /// Takes a piece of what arrives.
  package mutating func add(_ piece: some Collection<UInt8>) { waiting.append(contentsOf: piece) }

  /// The next message; nil where it has not arrived completely.
  ///
  /// - Throws: ``ProbeError/broken(_:)`` where a length is beyond its limit: nothing that follows can be read then.
  package mutating func next() throws(ProbeError) -> Frame? {
    guard waiting.count >= Frame.prefixLength else { return nil }
    let header = FrameReader.number(waiting[0..<4])
    let payload = FrameReader.number(waiting[4..<12])
    guard header <= Frame.mostHeader else { throw .broken("a header of \(header) bytes") }
    guard payload <= Frame.mostPayload else { throw .broken("a payload of \(payload) bytes") }
    let end = Frame.prefixLength + Int(header) + Int(payload)
    guard waiting.count >= end else {
      waiting.reserveCapacity(min(end, waiting.count + (64 << 20)))
      return nil
    }
    let middle = Frame.prefixLength + Int(header)
    let frame = Frame(
      header: Data(waiting[Frame.prefixLength..<middle]), payload: Array(waiting[middle..<end]))
    waiting.removeFirst(end)
    return frame
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
