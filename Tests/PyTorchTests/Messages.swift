import Foundation
import PyTorch

/// Messages as a probe would send them.
enum Messages {
  /// A frame of a header in JSON and arrays of 32-bit and 64-bit numbers.
  static func frame(_ json: String, _ payload: [UInt8] = []) -> Frame {
    Frame(header: Data(json.utf8), payload: payload)
  }

  /// A message.
  static func message(_ json: String, _ payload: [UInt8] = []) throws -> ProbeMessage {
    try ProbeMessage(frame(json, payload))
  }

  /// The bytes of numbers.
  static func bytes<Number>(_ numbers: [Number]) -> [UInt8] {
    numbers.withUnsafeBytes { Array($0) }
  }

  static let hello = #"{"type": "hello", "protocol": 1}"#

  static let model = """
    {"type": "model", "revision": 1, "models": [{"name": "model", "class": "Net", "modules": []}],
     "parameters": [{"name": "fc.weight", "shape": [2, 2], "dtype": "float32", "device": "cpu", "obstacle": null}],
     "optimizers": [{"class": "SGD", "groups": 1, "settings": {"lr": 0.1, "momentum": 0.9, "nesterov": false}}]}
    """

  /// What a script is made of, with a fault.
  static let fault = """
    {"type": "runFacts", "misuses": [{"kind": "flagWithoutEffect", "name": "fc", "words": ["requires_grad"], "count": 2}]}
    """

  static let graph = """
    {"type": "graph", "step": 1, "from": 0, "nodes": [
     {"id": 0, "name": "x", "operation": "x", "kind": "input", "shape": [2, 2], "inputs": [], "phase": "forward"},
     {"id": 1, "name": "fc.weight", "operation": "weight", "kind": "parameter", "group": "fc", "shape": [2, 2],
      "inputs": [], "phase": "forward"},
     {"id": 2, "name": "fc.linear", "operation": "linear", "kind": "operation", "group": "fc", "shape": [2, 2],
      "inputs": [0, 1], "phase": "forward", "location": "/home/me/train.py:2"},
     {"id": 3, "name": "fc.relu", "operation": "relu", "kind": "operation", "group": "fc", "shape": [2, 2],
      "inputs": [2, 9, -1], "phase": "forward", "location": "/home/me/train.py:3"}]}
    """

  /// The visits of a step: batch, the two operators, and their backward where `isWhole`.
  static func visits(step: Int = 1, isWhole: Bool = false) throws -> ProbeMessage {
    let phases: [UInt8] = isWhole ? [0, 1, 1, 3, 3, 4] : [0, 1, 1]
    let nodes: [Int32] = isWhole ? [-1, 2, 3, 3, 2, 1] : [-1, 2, 3]
    return try message(
      """
      {"type": "visits", "step": \(step), "from": 0,
       "arrays": [["phase", "u8", \(phases.count)], ["node", "i32", \(nodes.count)]]}
      """, phases + bytes(nodes))
  }

  /// A moment after a visit.
  static func moment(
    step: Int = 1, phase: String = "forward", node: Int = 1, visit: Int = 2, current: Int = 3,
    status: String = "paused", hits: String = "[]"
  ) throws -> ProbeMessage {
    try message(
      """
      {"type": "moment", "status": "\(status)", "isWatched": true, "node": \(current), "hits": \(hits),
       "position": {"step": \(step), "phase": "\(phase)", "node": \(node), "visit": \(visit)},
       "optimizers": [{"class": "SGD", "settings": {"lr": 0.1}}],
       "arrays": [["loss", "f64", 1], ["progress", "u8", 4], ["valueNorms", "f32", 4]]}
      """, bytes([Double.nan]) + [1, 1, 1, 1] + bytes([1, 2, 3, 4] as [Float]))
  }

  /// The answer to a question for a tensor of two by two.
  static func tensor(id: Int, _ node: String = "fc.relu", values: [Float] = [1, 2, 3, 4]) throws
    -> ProbeMessage
  {
    let statistics: [Double] = [4, 1, 4, 2.5, 1, 5, 0, 0, 0]
    return try message(
      """
      {"type": "tensor", "id": \(id), "step": 1, "node": "\(node)", "view": "value", "shape": [2, 2], "dtype": "float16",
       "size": [2, 2], "arrays": [["statistics", "f64", 9], ["values", "f32", \(values.count)]]}
      """, bytes(statistics) + bytes(values))
  }

  /// The numbers of steps, of which none has a loss where `hasLoss` is false, and all are NaN where `isNaN` is true.
  static func scalars(_ steps: ClosedRange<Int>, hasLoss: Bool = true, isNaN: Bool = false) throws
    -> ProbeMessage
  {
    let count = steps.count
    let entries = [
      ("step", "i64"), ("epoch", "i32"), ("loss", "f64"), ("hasLoss", "u8"), ("learningRate", "f64"),
      ("accuracy", "f32"), ("seconds", "f64"), ("measured", "u8"),
    ].map { #"["\#($0.0)", "\#($0.1)", \#(count)]"# }
    let payload =
      bytes(steps.map { Int64($0) }) + bytes([Int32](repeating: 1, count: count))
      + bytes(steps.map { isNaN || !hasLoss ? .nan : 1 / Double($0) })
      + [UInt8](repeating: hasLoss ? 1 : 0, count: count)
      + bytes([Double](repeating: 0.1, count: count)) + bytes([Float](repeating: -1, count: count))
      + bytes(steps.map { Double($0) }) + [UInt8](repeating: 1, count: count)
      + bytes([Float](repeating: 2, count: count))
    return try message(
      """
      {"type": "scalars", "steps": \(count), "parameters": 1, "model": 1,
       "arrays": [\(entries.joined(separator: ", ")), ["gradientNorms", "f32", \(count)]]}
      """, payload)
  }
}
