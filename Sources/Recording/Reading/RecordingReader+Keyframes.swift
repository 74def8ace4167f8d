import Foundation
import GRDB
import Trace

extension RecordingReader {
  /// The last keyframe at or before an iteration that is whole; damaged ones are passed over, and noted.
  public func keyframe(atOrBefore iteration: Int) throws -> StateSnapshot? {
    var damage: RecordingError?
    for candidate in keyframeIterations.reversed() where candidate <= iteration {
      do {
        if let keyframe = try keyframe(at: candidate) { return keyframe }
      } catch let error as RecordingError {
        damage = damage ?? error
      }
    }
    if let damage { throw damage }
    return nil
  }

  /// The keyframe of just this iteration; nil where there is none.
  ///
  /// - Throws: `RecordingError.damaged`.
  public func keyframe(at iteration: Int) throws -> StateSnapshot? {
    try keyframe(at: iteration, withBatch: true)
  }

  /// A keyframe; without its batch it is whole even where only that is broken.
  func keyframe(at iteration: Int, withBatch: Bool) throws -> StateSnapshot? {
    let place = "keyframe \(iteration)"
    return try read(Schema.keyframes) { connection, allowance -> StateSnapshot? in
      let row = try Row.fetchOne(
        connection,
        sql: "SELECT hash, epoch_loss, zero_grad, settings, arrays FROM keyframes WHERE iteration = ?",
        arguments: [iteration])
      guard let row else { return nil }
      var fields = StoredFields(row, place: place, allowance)
      var snapshot = StateSnapshot(
        iteration: iteration, epochLoss: 0, hash: try fields.bits(), parameters: [])
      snapshot.epochLoss = try fields.real()
      snapshot.zeroGrad = try fields.flag()
      snapshot.settings = try settings(&fields)
      let count = try fields.integer(0...1 << 20)
      try addArrays(
        to: &snapshot, count: withBatch ? count : count - StoredArray.Role.batch.count, withBatch: withBatch,
        connection, allowance)
      return snapshot
    } ?? nil
  }

  private func settings(_ fields: inout StoredFields) throws -> [String: Double] {
    let text = try fields.text(limit: 1 << 20)
    guard let settings = try? RecordingJSON.decode([String: Double].self, from: Data(text.utf8)) else {
      throw fields.defect(expected: "settings in JSON", got: "'\(text.prefix(60))'")
    }
    return settings
  }

  private func addArrays(
    to snapshot: inout StateSnapshot, count: Int, withBatch: Bool, _ connection: Database,
    _ allowance: ReadAllowance
  ) throws {
    let place = "keyframe \(snapshot.iteration)"
    guard has(Schema.arrays) else {
      throw StoredFields.Defect(place: place, expected: "\(count) arrays", got: "no table of them")
    }
    let others = "AND role NOT IN (\(StoredArray.Role.batchList))"
    let rows = try Row.fetchCursor(
      connection,
      sql: """
        SELECT role, place, name, dtype, shape, crc32, data FROM arrays WHERE iteration = ? \
        \(withBatch ? "" : others) ORDER BY role, place LIMIT ?
        """, arguments: [snapshot.iteration, max(0, count) + 1])
    var found = 0
    var room = database.unpackedLimit
    var batch: [StoredArray.Role: NamedArray] = [:]
    while let row = try rows.next() {
      found += 1
      var fields = StoredFields(row, place: place, allowance)
      let (role, index, array) = try self.array(&fields, place: place, room: &room)
      let expected: Int
      switch role {
      case .parameter: (expected, _) = (snapshot.parameters.count, snapshot.parameters.append(array))
      case .buffer: (expected, _) = (snapshot.buffers.count, snapshot.buffers.append(array))
      case .optimizer: (expected, _) = (snapshot.optimizer.count, snapshot.optimizer.append(array))
      case .gradient: (expected, _) = (snapshot.gradients.count, snapshot.gradients.append(array))
      case .indices, .inputs, .targets: (expected, batch[role]) = (0, array)
      }
      guard index == expected else {
        throw StoredFields.Defect(
          place: place, expected: "\(role.rawValue) \(expected)", got: "\(role.rawValue) \(index)")
      }
    }
    guard found == count else {
      throw StoredFields.Defect(
        place: place, expected: "\(count) arrays", got: found > count ? "more" : "\(found)")
    }
    snapshot.batch = try RecordingReader.batch(batch, place: place)
  }

  private func array(
    _ fields: inout StoredFields, place: String, room: inout Int
  ) throws -> (StoredArray.Role, Int, NamedArray) {
    let word = try fields.text(limit: 40)
    guard let role = StoredArray.Role(rawValue: word) else {
      throw fields.defect(expected: "a known role", got: "'\(word)'")
    }
    let index = try fields.integer(0...1 << 20)
    let name = try fields.text(limit: 4_096)
    let dtype = try fields.text(limit: 40)
    let shape = try fields.shape()
    let checksum = try fields.integer(0...Int(UInt32.max))
    let data = try fields.blob()
    let spot = "\(place), \(role.rawValue) \(name.prefix(80))"
    guard let size = elementSize(dtype) else {
      throw StoredFields.Defect(
        place: spot, expected: "an element type such as float32", got: "'\(dtype)'")
    }
    let count = shape.reduce(1) { product, length in
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      return overflow ? Int.max : next
    }
    guard count <= room / size else {
      throw StoredFields.Defect(
        place: spot, expected: "at most \(room) bytes in this file", got: "the shape \(shapeText(shape))")
    }
    room -= count * size
    let bytes: [UInt8]
    do { bytes = try Packing.unpack(data, elementSize: size, count: count) } catch {
      throw StoredFields.Defect(place: spot, expected: error.expected, got: error.got)
    }
    let got = Recording.checksum(bytes)
    guard got == UInt32(checksum) else {
      throw StoredFields.Defect(place: spot, expected: "the checksum \(checksum)", got: "\(got)")
    }
    return (role, index, NamedArray(name: name, dtype: dtype, shape: shape, bytes: bytes))
  }

  private static func batch(
    _ arrays: [StoredArray.Role: NamedArray], place: String
  ) throws -> StateSnapshot.BatchArrays? {
    guard !arrays.isEmpty else { return nil }
    guard let indices = arrays[.indices], let inputs = arrays[.inputs], let targets = arrays[.targets],
      indices.dtype == "int64"
    else {
      throw StoredFields.Defect(
        place: "\(place), batch", expected: "indices (int64), inputs and targets",
        got: arrays.keys.map(\.rawValue).sorted().joined(separator: ", "))
    }
    let numbers: [Int64] = storedNumbers(indices.bytes)
    guard numbers.allSatisfy({ (0...1 << 48).contains($0) }) else {
      throw StoredFields.Defect(place: "\(place), batch", expected: "indices from 0", got: "others")
    }
    return StateSnapshot.BatchArrays(indices: numbers.map { Int($0) }, inputs: inputs, targets: targets)
  }
}
