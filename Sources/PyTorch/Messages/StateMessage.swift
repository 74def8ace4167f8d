import Arrays
import Trace

/// A parameter or buffer as the script has left it.
package struct StateMessage: Sendable {
  struct Header: Decodable {
    let role: String
    let name: String
    var shape: [Int]
  }

  /// Whether it is trained; else it is a buffer.
  let isParameter: Bool
  let array: NamedArray

  /// The tensor in a message.
  ///
  /// - Throws: ``ProbeError/broken(_:)`` where its numbers do not fill its shape.
  init(_ header: Header, _ arrays: ProbeArrays) throws(ProbeError) {
    isParameter = header.role == "parameter"
    array = NamedArray(
      name: header.name.withVisibleControls, array: try arrays.array("values", shape: header.shape))
  }
}

/// The state after the last step has been sent, or has been left out.
package struct StateEndMessage: Decodable, Sendable {
  var leftOut: Int?
  /// **Units**: bytes that all of it takes.
  var bytes: Int?
}
