import Arrays
import Foundation
import GRDB
import Localization
import Trace

extension RecordingReader {
  /// The last keyframe at or before a step that is whole; damaged ones are passed over, and noted.
  package func keyframe(atOrBefore step: Int) throws -> StateSnapshot? {
    var damage: RecordingError?
    let version = dataVersion
    for candidate in keyframeSteps.reversed() where candidate <= step {
      // One that is broken is not unpacked again for each step after it.
      if let known = brokenKeyframe(candidate, version) {
        damage = damage ?? known
        continue
      }
      do {
        if let keyframe = try keyframe(at: candidate) { return keyframe }
      } catch let error as RecordingError {
        damage = damage ?? error
        note(error, ofKeyframe: candidate, version)
      }
    }
    if let damage { throw damage }
    return nil
  }

  /// The keyframe of just this step; nil where there is none.
  ///
  /// - Throws: `RecordingError.damaged`.
  package func keyframe(at step: Int) throws -> StateSnapshot? {
    try keyframe(at: step, withBatch: true)
  }

  /// A keyframe; without its batch it is whole even where only that is broken.
  func keyframe(at step: Int, withBatch: Bool) throws -> StateSnapshot? {
    let place = "keyframe \(step)"
    return try read(Schema.keyframes) { connection, allowance -> StateSnapshot? in
      let row = try Row.fetchOne(
        connection,
        sql: "SELECT hash, epoch_loss, zero_grad, settings, arrays FROM keyframes WHERE iteration = ?",
        arguments: [step])
      guard let row else { return nil }
      var fields = StoredFields(row, place: place, allowance)
      let (hash, epochLoss, zeroGrad) = (try fields.bits(), try fields.real(), try fields.flag())
      let settings = try settings(&fields)
      let count = try fields.integer(0...1 << 20) - (withBatch ? 0 : ArrayRole.batch.count)
      let arrays = try arrays(of: step, count: count, withBatch: withBatch, connection, allowance)
      return StateSnapshot(
        step: step, epochLoss: epochLoss, hash: hash, parameters: arrays[.parameter] ?? [],
        buffers: arrays[.buffer] ?? [], optimizer: arrays[.optimizer] ?? [],
        gradients: arrays[.gradient] ?? [],
        settings: settings, zeroGrad: zeroGrad,
        batch: try RecordingReader.batch(arrays.compactMapValues(\.first), place: place))
    } ?? nil
  }

  private func settings(_ fields: inout StoredFields) throws -> [String: Double] {
    let text = try fields.text(limit: 1 << 20)
    guard let settings = try? RecordingJSON.decode([String: Double].self, from: Data(text.utf8)) else {
      throw fields.defect(expected: "settings in JSON", got: "'\(text.prefix(60))'")
    }
    return settings
  }

  private func arrays(
    of step: Int, count: Int, withBatch: Bool, _ connection: Database, _ allowance: ReadAllowance
  ) throws -> [ArrayRole: [NamedArray]] {
    let place = "keyframe \(step)"
    guard has(Schema.arrays) else {
      throw StoredFields.Defect(
        place: place, expected: localized("\(count) arrays"), got: localized("no table of them"))
    }
    let others = "AND role NOT IN (\(ArrayRole.batchList))"
    let rows = try Row.fetchCursor(
      connection,
      sql: """
        SELECT role, place, name, dtype, shape, crc32, data FROM arrays WHERE iteration = ? \
        \(withBatch ? "" : others) ORDER BY role, place LIMIT ?
        """, arguments: [step, max(0, count) + 1])
    var found = 0
    var arrays: [ArrayRole: [NamedArray]] = [:]
    while let row = try rows.next() {
      found += 1
      var fields = StoredFields(row, place: place, allowance)
      let (role, index, array) = try self.array(&fields, place: place)
      let expected = arrays[role, default: []].count
      guard index == expected, expected == 0 || !ArrayRole.batch.contains(role) else {
        throw StoredFields.Defect(
          place: place, expected: "\(role.rawValue) \(expected)", got: "\(role.rawValue) \(index)")
      }
      arrays[role, default: []].append(array)
    }
    guard found == count else {
      throw StoredFields.Defect(
        place: place, expected: localized("\(count) arrays"), got: found > count ? "more" : "\(found)")
    }
    return arrays
  }

  private func array(
    _ fields: inout StoredFields, place: String
  ) throws -> (ArrayRole, Int, NamedArray) {
    let word = try fields.text(limit: 40)
    guard let role = ArrayRole(rawValue: word) else {
      throw fields.defect(expected: localized("a known role"), got: "'\(word)'")
    }
    let index = try fields.integer(0...1 << 20)
    let name = try fields.text(limit: 4_096)
    let array = try RecordingReader.array(
      &fields, place: "\(place), \(role.rawValue) \(name.prefix(80))")
    return (role, index, NamedArray(name: name, array: array))
  }

  private static func batch(
    _ arrays: [ArrayRole: NamedArray], place: String
  ) throws -> StateSnapshot.BatchArrays? {
    guard ArrayRole.batch.contains(where: { arrays[$0] != nil }) else { return nil }
    guard let indices = arrays[.indices], let inputs = arrays[.inputs], let targets = arrays[.targets],
      let numbers = indices.array.values(of: Int64.self)
    else {
      throw StoredFields.Defect(
        place: "\(place), batch", expected: localized("indices (int64), inputs and targets"),
        got: ArrayRole.batch.filter { arrays[$0] != nil }.map(\.rawValue).joined(separator: ", "))
    }
    guard numbers.allSatisfy({ (0...1 << 48).contains($0) }) else {
      throw StoredFields.Defect(
        place: "\(place), batch", expected: localized("indices from 0"), got: localized("others"))
    }
    return StateSnapshot.BatchArrays(indices: numbers.map { Int($0) }, inputs: inputs, targets: targets)
  }
}
