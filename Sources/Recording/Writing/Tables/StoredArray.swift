import Arrays
import GRDB
import Trace

/// What an array is in its keyframe: the column `role` of the table `arrays`.
enum ArrayRole: String, Sendable, CaseIterable {
  case parameter, buffer, optimizer, gradient
  /// The batch: the samples' places in the data, what goes into the model, and what should come out.
  case indices, inputs, targets

  /// The three of a batch.
  static let batch: [ArrayRole] = [.indices, .inputs, .targets]
  /// The same in SQL.
  static let batchList = batch.map { "'\($0.rawValue)'" }.joined(separator: ", ")
}

extension StateSnapshot {
  /// All its arrays, role by role.
  var arrays: [(role: ArrayRole, arrays: [NamedArray])] {
    let kept: [(ArrayRole, [NamedArray])] = [
      (.parameter, parameters), (.buffer, buffers), (.optimizer, optimizer), (.gradient, gradients),
    ]
    guard let batch else { return kept }
    let indices = NamedArray(
      name: "indices",
      array: RawArray(
        checkedType: .int64, shape: [batch.indices.count], bytes: storedBytes(batch.indices.map { Int64($0) })
      ))
    return kept + [(.indices, [indices]), (.inputs, [batch.inputs]), (.targets, [batch.targets])]
  }
}

/// One array of a keyframe, packed for its row.
struct StoredArray: Sendable {
  private let role: ArrayRole
  /// Its place among those of its role.
  private let place: Int
  private let array: NamedArray
  private let data: [UInt8]

  /// All arrays of a keyframe.
  static func all(of snapshot: StateSnapshot) -> [StoredArray] {
    snapshot.arrays.flatMap { role, arrays in
      arrays.enumerated().map { place, array in
        StoredArray(
          role: role, place: place, array: array,
          data: Packing.pack(array.bytes, elementSize: array.array.elementType.byteCount))
      }
    }
  }

  /// What it takes in the database, with its row and the pages that it does not fill.
  var byteCount: Int { data.count + data.count / 1_000 + (data.count > 2_000 ? 2_200 : 100) }

  /// Adds it to its table.
  func insert(step: Int, _ database: Database) throws {
    try database.run(
      Schema.arrays.insertion,
      [
        step, role.rawValue, place, array.name, array.array.elementType.rawValue, shapeText(array.shape),
        Int(checksum(array.bytes)), storedBlob(data),
      ])
  }
}

/// Sizes of dimensions as text, `[128,784]`.
func shapeText(_ shape: [Int]) -> String { "[" + shape.map(String.init).joined(separator: ",") + "]" }
