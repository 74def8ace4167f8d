import GRDB
import Localization
import Trace

extension RecordingReader {
  /// How many blocks are unpacked for one answer, and how many packed bytes of norms; beyond that the
  /// summaries answer, and norms stay away.
  private static let blockLimit = 400
  private static let normByteLimit = 16 << 20

  /// The numbers of some steps, thinned to about `limit` of them with the extremes kept.
  package func scalars(in steps: ClosedRange<Int>, limit: Int) throws -> [StepScalars] {
    try read(Schema.scalars) { connection, allowance in
      let blocks = try StoredScalars.fetchAll(overlapping: steps, connection, allowance)
      let count = blocks.reduce(0) { $0 + $1.rowCount }
      if blocks.count > RecordingReader.blockLimit, count > limit, limit <= blocks.count * 8 {
        return Extremes.thin(
          try blocks.flatMap { try rowsOf($0, within: steps, connection, allowance) }, to: limit)
      }
      return try rows(of: blocks, steps, limit: limit, connection, allowance)
    } ?? []
  }

  /// The last step that was done `seconds` after the run began.
  package func step(atSeconds seconds: Double) throws -> Int {
    try read(Schema.scalars) { connection, allowance in
      let blocks = try StoredScalars.fetchAll(connection, allowance)
      guard let next = blocks.firstIndex(where: { $0.seconds > seconds }) else {
        return blocks.last?.last ?? 0
      }
      let rows = try whole(blocks[next], connection, allowance).rowsWithoutNorms()
      return rows.last { $0.seconds <= seconds }?.step ?? (next > 0 ? blocks[next - 1].last : 0)
    } ?? 0
  }

  /// A block's extremes as far as they lie in a range; all its rows where the range cuts it.
  private func rowsOf(
    _ block: StoredScalars, within steps: ClosedRange<Int>, _ connection: Database,
    _ allowance: ReadAllowance
  ) throws -> [StepScalars] {
    if steps.contains(block.first), steps.contains(block.last) { return try block.extremeRows() }
    return try whole(block, connection, allowance).allRows()
      .filter { steps.contains($0.step) }
  }

  private func rows(
    of blocks: [StoredScalars], _ steps: ClosedRange<Int>, limit: Int, _ connection: Database,
    _ allowance: ReadAllowance
  ) throws -> [StepScalars] {
    var rows: [StepScalars] = []
    /// Where each row comes from.
    var origins: [(block: Int, place: Int)] = []
    var sources: [StoredScalars] = []
    for block in blocks {
      do {
        let source = try whole(block, connection, allowance)
        for (place, row) in try source.rowsWithoutNorms().enumerated()
        where steps.contains(row.step) {
          rows.append(row)
          origins.append((sources.count, place))
        }
        sources.append(source)
      } catch let defect as Packing.Defect {
        note(defect, in: block)
      }
    }
    let places = Extremes.places(of: rows, limit: limit)
    var left = RecordingReader.normByteLimit
    for (block, chosen) in Dictionary(grouping: places, by: { origins[$0].block }) {
      let source = sources[block]
      left -= source.norms.count
      guard left > 0 || places.count == rows.count else { continue }
      do {
        let norms = try source.norms(at: chosen.map { origins[$0].place })
        for (place, norms) in zip(chosen, norms) { rows[place].gradientNorms = norms }
      } catch {
        note(error, in: source)
      }
    }
    return places.map { rows[$0] }
  }

  /// One broken block does not take the whole curve away.
  private func note(_ defect: Packing.Defect, in block: StoredScalars) {
    note(
      .damaged(
        RecordingDefect(
          path: path, place: "scalars \(block.first) to \(block.last)", expected: defect.expected,
          got: defect.got)))
  }

  private func whole(
    _ block: StoredScalars, _ connection: Database, _ allowance: ReadAllowance
  ) throws -> StoredScalars {
    guard let whole = try StoredScalars.fetch(first: block.first, connection, allowance) else {
      throw Packing.Defect(expected: localized("a block from \(block.first)"), got: localized("none"))
    }
    return whole
  }
}
