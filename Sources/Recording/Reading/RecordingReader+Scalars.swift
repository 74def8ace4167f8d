import GRDB
import Trace

extension RecordingReader {
  /// How many blocks are unpacked for one answer, and how many bytes of norms; beyond that the summaries answer.
  private static let blockLimit = 400
  private static let normByteLimit = 8 << 20

  public func scalars(in iterations: ClosedRange<Int>, limit: Int) throws -> [IterationScalars] {
    try read(Schema.scalars) { connection, allowance in
      let blocks = try StoredScalars.fetchAll(overlapping: iterations, connection, allowance)
      let count = blocks.reduce(0) { $0 + $1.rowCount }
      if blocks.count > RecordingReader.blockLimit, count > limit, limit <= blocks.count * 4 {
        return Extremes.thin(
          try blocks.flatMap { try rowsOf($0, within: iterations, connection, allowance) }, to: limit)
      }
      return try rows(of: blocks, iterations, limit: limit, connection, allowance)
    } ?? []
  }

  public func iteration(atSeconds seconds: Double) throws -> Int {
    try read(Schema.scalars) { connection, allowance in
      let blocks = try StoredScalars.fetchAll(connection, allowance)
      guard let next = blocks.firstIndex(where: { $0.seconds > seconds }) else {
        return blocks.last?.last ?? 0
      }
      let rows = try whole(blocks[next], connection, allowance).allRows(withNorms: false)
      return rows.last { $0.seconds <= seconds }?.iteration ?? (next > 0 ? blocks[next - 1].last : 0)
    } ?? 0
  }

  /// A block's extremes as far as they lie in a range; all its rows where the range cuts it.
  private func rowsOf(
    _ block: StoredScalars, within iterations: ClosedRange<Int>, _ connection: Database,
    _ allowance: ReadAllowance
  ) throws -> [IterationScalars] {
    if iterations.contains(block.first), iterations.contains(block.last) { return try block.extremeRows() }
    return try whole(block, connection, allowance).allRows(withNorms: true)
      .filter { iterations.contains($0.iteration) }
  }

  private func rows(
    of blocks: [StoredScalars], _ iterations: ClosedRange<Int>, limit: Int, _ connection: Database,
    _ allowance: ReadAllowance
  ) throws -> [IterationScalars] {
    let count = blocks.reduce(0) { $0 + $1.rowCount }
    let normBytes = blocks.reduce(0) { sum, block in
      sum + block.normRows.multipliedReportingOverflow(by: block.parameters * 4).partialValue
    }
    let withNorms = count <= limit || (0...RecordingReader.normByteLimit).contains(normBytes)
    var rows: [IterationScalars] = []
    for block in blocks {
      do {
        rows += try whole(block, connection, allowance).allRows(withNorms: withNorms)
          .filter { iterations.contains($0.iteration) }
      } catch let defect as Packing.Defect {
        // One broken block does not take the whole curve away.
        note(
          .damaged(
            RecordingDefect(
              path: path, place: "scalars \(block.first) to \(block.last)", expected: defect.expected,
              got: defect.got)))
      }
    }
    return Extremes.thin(rows, to: limit)
  }

  private func whole(
    _ block: StoredScalars, _ connection: Database, _ allowance: ReadAllowance
  ) throws -> StoredScalars {
    guard let whole = try StoredScalars.fetch(first: block.first, connection, allowance) else {
      throw Packing.Defect(expected: "a block from \(block.first)", got: "none")
    }
    return whole
  }
}
