import Foundation
import GRDB
import Localization
import Trace

extension RecordingReader {
  /// How many rows of events or epochs are read at most.
  private static let rowLimit = 1_000_000

  /// The hash of the state at the start of a step; nil where there is none.
  package func hash(at step: Int) throws -> UInt64? {
    try read(Schema.hashes) { connection, allowance -> UInt64? in
      let row = try Row.fetchOne(
        connection, sql: "SELECT hash FROM hashes WHERE iteration = ? AND hash != 0", arguments: [step])
      guard let row else { return nil }
      var fields = StoredFields(row, place: "hash \(step)", allowance)
      return try fields.bits()
    } ?? nil
  }

  /// All hashes, by step.
  ///
  /// - Throws: `RecordingError.damaged`.
  package func hashes() throws -> [(step: Int, hash: UInt64)] {
    try hashes(of: Schema.hashes, limit: 10_000_000)
  }

  /// All hashes of states, those that only keyframes have included, by step.
  ///
  /// - Throws: `RecordingError.damaged`.
  package func stateHashes() throws -> [(step: Int, hash: UInt64)] {
    let kept = try hashes(of: Schema.keyframes, limit: 100_000)
    let hashes = try hashes()
    let known = Set(hashes.map(\.step))
    return (hashes + kept.filter { !known.contains($0.step) }).sorted {
      $0.step < $1.step
    }
  }

  private func hashes(of table: Schema.Table, limit: Int) throws -> [(step: Int, hash: UInt64)] {
    let sql =
      "SELECT iteration, hash FROM \(table.name) WHERE hash != 0 ORDER BY iteration LIMIT \(limit)"
    return try rows(of: table, sql) { (step: try $0.step(), hash: try $0.bits()) }
  }

  /// The graph of a step; nil where it was not kept.
  package func graph(at step: Int) throws -> ComputationGraph? {
    try read(Schema.graphSpans) { connection, allowance -> ComputationGraph? in
      let row = try Row.fetchOne(
        connection, sql: "SELECT graph FROM graph_spans WHERE first <= ? ORDER BY first DESC LIMIT 1",
        arguments: [step])
      guard let row else { return nil }
      var fields = StoredFields(row, place: "graph_spans", allowance)
      guard let id = try fields.optionalInteger(1...1 << 40), has(Schema.graphs) else { return nil }
      return try graph(id, connection, allowance)
    } ?? nil
  }

  /// The results of epochs, in order.
  package func epochs() throws -> [EpochResult] {
    try rows(
      of: Schema.epochs,
      """
      SELECT epoch, iteration, loss, validation_loss, train_accuracy, validation_accuracy, seconds \
      FROM epochs ORDER BY epoch LIMIT \(RecordingReader.rowLimit)
      """, RecordingReader.epoch)
  }

  static func epoch(_ fields: inout StoredFields) throws -> EpochResult {
    let (epoch, step) = (try fields.integer(1...1 << 40), try fields.integer(0...StoredFields.lastStep))
    let (loss, validationLoss) = (try fields.real(), try fields.optionalReal())
    let accuracy = try fields.real()
    return EpochResult(
      epoch: epoch, step: step, loss: loss, validationLoss: validationLoss,
      trainAccuracy: accuracy.isNaN ? nil : accuracy, validationAccuracy: try fields.optionalReal(),
      seconds: try fields.real())
  }

  /// What happened, in order.
  package func events() throws -> [RunEvent] {
    try read(Schema.events) { connection, allowance in
      let rows = try Row.fetchCursor(
        connection,
        sql: """
          SELECT kind, iteration, phase, place, node, text, change FROM events ORDER BY id \
          LIMIT \(RecordingReader.rowLimit)
          """)
      var events: [RunEvent] = []
      while let row = try rows.next() {
        var fields = StoredFields(row, place: "events, row \(events.count + 1)", allowance)
        events.append(try RecordingReader.event(&fields))
      }
      return events
    } ?? []
  }

  static func event(_ fields: inout StoredFields) throws -> RunEvent {
    let word = try fields.text(limit: 40)
    guard let kind = RunEvent.Kind(rawValue: word) else {
      throw fields.defect(expected: localized("a kind of event"), got: "'\(word)'")
    }
    let step = try fields.step()
    let number = try fields.integer(0...Phase.allCases.count - 1)
    guard let phase = Phase(rawValue: number) else {
      throw fields.defect(expected: localized("a phase"), got: "\(number)")
    }
    let position = Position(step: step, phase: phase, node: try fields.integer(0...1 << 32))
    let node = try fields.optionalText(limit: 4_096)
    let text = try fields.text()
    let change = try fields.optionalText(limit: 1 << 20).map { json in
      guard let change = try? RecordingJSON.decode(Change.self, from: Data(json.utf8)) else {
        throw fields.defect(expected: "a change in JSON", got: "'\(json.prefix(60))'")
      }
      return change
    }
    return RunEvent(kind, at: position, node: node, text, change: change)
  }

  /// The last thumbnails at or before a step.
  package func thumbnails(atOrBefore step: Int) throws -> [Thumbnail] {
    try rows(
      of: Schema.thumbnails,
      """
      SELECT node, view, shape, rows, columns, minimum, maximum, levels FROM thumbnails \
      WHERE iteration = (SELECT max(iteration) FROM thumbnails WHERE iteration <= ?) ORDER BY place LIMIT 10000
      """, arguments: [step], place: "thumbnails at or before \(step)", RecordingReader.thumbnail)
  }

  static func thumbnail(_ fields: inout StoredFields) throws -> Thumbnail {
    let node = try fields.text(limit: 4_096)
    let word = try fields.text(limit: 40)
    guard let view = TensorView(rawValue: word) else {
      throw fields.defect(expected: localized("value, gradient or update"), got: "'\(word)'")
    }
    let shape = try fields.shape()
    let (rows, columns) = (try fields.integer(0...32), try fields.integer(0...32))
    let (minimum, maximum) = (Float(try fields.real()), Float(try fields.real()))
    let levels: [UInt8]
    do {
      levels = try Packing.unpack(try fields.blob(), elementSize: 1, count: rows * columns)
    } catch let defect as Packing.Defect {
      throw fields.defect(expected: defect.expected, got: defect.got)
    }
    return Thumbnail(
      node: node, view: view, shape: shape, rows: rows, columns: columns, levels: levels, minimum: minimum,
      maximum: maximum)
  }
}
