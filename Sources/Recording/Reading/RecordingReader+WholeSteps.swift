import Foundation
import GRDB
import Localization
import Trace

/// Steps that were recorded whole.
extension RecordingReader {
  /// The steps that were recorded whole, in order.
  package var wholeSteps: [Int] {
    (try? steps(of: Schema.wholeSteps)) ?? []
  }

  /// The nodes of a step that was recorded whole, and the order in which they ran; nil where it was not.
  ///
  /// - Throws: `RecordingError.damaged`.
  package func wholeStep(_ step: Int) throws -> WatchedStep? {
    try read(Schema.wholeSteps) { connection, allowance -> WatchedStep? in
      let row = try Row.fetchOne(
        connection, sql: "SELECT structure FROM whole_steps WHERE iteration = ?", arguments: [step])
      guard let row else { return nil }
      var fields = StoredFields(row, place: "whole step \(step)", allowance)
      return try RecordingReader.watchedStep(&fields, step: step)
    } ?? nil
  }

  /// The tensors of a node of a step that was recorded whole; those of all its nodes where `node` is nil.
  ///
  /// - Throws: `RecordingError.damaged`.
  package func tensors(of node: String?, at step: Int) throws -> [KeptTensor] {
    try rows(
      of: Schema.tensors,
      """
      SELECT node, view, part, visit, remark, dtype, shape, crc32, data FROM tensors \
      WHERE iteration = ? AND (? IS NULL OR node = ?) ORDER BY place LIMIT 1000000
      """, arguments: [step, node, node], place: "whole step \(step)", RecordingReader.keptTensor)
  }

  static func watchedStep(_ fields: inout StoredFields, step: Int) throws -> WatchedStep {
    var watched: WatchedStep = try RecordingReader.structure(
      try fields.blob(), fields, expected: "a step in JSON")
    try ComputationGraph(nodes: watched.nodes).check(fields)
    guard watched.step == step else {
      throw fields.defect(expected: localized("step \(step)"), got: "\(watched.step)")
    }
    watched.calls = watched.calls?.map(\.checked)
    return watched
  }

  static func keptTensor(_ fields: inout StoredFields) throws -> KeptTensor {
    let node = try fields.text(limit: 4_096)
    let word = try fields.text(limit: 40)
    guard let view = TensorView(rawValue: word) else {
      throw fields.defect(expected: localized("value, gradient or update"), got: "'\(word)'")
    }
    let part = try fields.optionalText(limit: 4_096)
    let visit = try fields.integer(0...1 << 40)
    let remark = try fields.optionalText(limit: 4_096)
    let array = try RecordingReader.array(&fields, place: "\(fields.place), \(node.prefix(80))")
    return KeptTensor(node: node, view: view, part: part, visit: visit, remark: remark, array: array)
  }
}
