import Foundation
import GRDB
import Trace

/// One array of a keyframe in the columns of the table `arrays`.
struct StoredArray: Sendable, Equatable {
  /// What an array is in its keyframe.
  enum Role: String, Sendable, CaseIterable {
    case parameter, buffer, optimizer, gradient
    /// The batch: the samples' places in the data, what goes into the model, and what should come out.
    case indices, inputs, targets

    /// The three of a batch.
    static let batch: [Role] = [.indices, .inputs, .targets]
    /// The same in SQL.
    static let batchList = batch.map { "'\($0.rawValue)'" }.joined(separator: ", ")
  }

  var role: Role
  /// Its place among those of its role.
  var place: Int
  var name: String
  var dtype: String
  var shape: [Int]
  var checksum: UInt32
  var data: [UInt8]

  /// What it takes in the database, with its row and the pages that it does not fill.
  var byteCount: Int { data.count + data.count / 1_000 + (data.count > 2_000 ? 2_200 : 100) }

  /// An array, packed.
  init(_ role: Role, place: Int, _ array: NamedArray) {
    self.role = role
    self.place = place
    (name, dtype, shape) = (array.name, array.dtype, array.shape)
    checksum = Recording.checksum(array.bytes)
    data = Packing.pack(array.bytes, elementSize: elementSize(array.dtype) ?? 1)
  }

  /// All arrays of a keyframe.
  static func all(of snapshot: StateSnapshot) -> [StoredArray] {
    func arrays(_ role: Role, _ arrays: [NamedArray]) -> [StoredArray] {
      arrays.enumerated().map { StoredArray(role, place: $0, $1) }
    }
    let batch: [StoredArray] =
      snapshot.batch.map { batch in
        let indices = NamedArray(
          name: "indices", dtype: "int64", shape: [batch.indices.count],
          bytes: storedBytes(batch.indices.map { Int64($0) }))
        return arrays(.indices, [indices]) + arrays(.inputs, [batch.inputs])
          + arrays(.targets, [batch.targets])
      } ?? []
    return arrays(.parameter, snapshot.parameters) + arrays(.buffer, snapshot.buffers)
      + arrays(.optimizer, snapshot.optimizer) + arrays(.gradient, snapshot.gradients) + batch
  }

  /// Adds it to its table.
  func insert(iteration: Int, _ database: Database) throws {
    try database.run(
      "INSERT OR REPLACE INTO arrays VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      [
        iteration, role.rawValue, place, name, dtype, shapeText(shape), Int(checksum), storedBlob(data),
      ])
  }
}

/// Sizes of dimensions as text, `[128,784]`.
func shapeText(_ shape: [Int]) -> String { "[" + shape.map(String.init).joined(separator: ",") + "]" }
