import Trace

/// A tensor of a step that was asked for whole.
package struct KeptMessage: Sendable {
  struct Header: Decodable {
    let step: Int
    let node: String
    let view: String
    var part: String?
    var visit: Int?
    var shape: [Int]
    var remark: String?
  }

  let step: Int
  let tensor: KeptTensor

  /// The tensor in a message.
  ///
  /// - Throws: ``ProbeError/broken(_:)`` where its numbers do not fill its shape.
  init(_ header: Header, _ arrays: ProbeArrays) throws(ProbeError) {
    step = header.step
    tensor = KeptTensor(
      node: header.node.withVisibleControls, view: TensorView(rawValue: header.view) ?? .value,
      part: header.part?.withVisibleControls, visit: MomentMessage.bounded(header.visit ?? 0, from: 0),
      remark: header.remark?.withVisibleControls, array: try arrays.array("values", shape: header.shape))
  }
}

/// A step that was asked for whole has been sent.
package struct RecordedMessage: Decodable, Sendable {
  let step: Int
  var isWanted: Bool?
  var leftOut: Int?
  var calls: [OperatorCall]?
}
