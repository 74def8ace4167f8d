import GRDB
import Localization
import Trace

extension RecordingReader {
  /// How many blocks are unpacked for one answer, and how many packed bytes of norms; beyond that the
  /// summaries answer, and norms stay away.
  private static let blockLimit = 400
  private static let normByteLimit = 16 << 20
  /// How many bytes of norms are unpacked for one answer.
  private static let unpackedNormLimit = 128 << 20
  /// How many norms take as much as the rest of a row, where steps are counted for an export.
  private static let normsOfRow = 32
  /// How many blocks are looked at for the next steps of an export.
  private static let chunkLimit = 1_024

  /// The numbers of some steps, thinned to about `limit` of them with the extremes kept.
  package func scalars(in steps: ClosedRange<Int>, limit: Int) throws -> [StepScalars] {
    try read(Schema.scalars) { connection, allowance in
      let blocks = try StoredScalars.fetchAll(overlapping: steps, connection, allowance)
      let count = blocks.reduce(0) { $0 + $1.rowCount }
      if steps.count == 1, let block = blocks.first,
        let rows = row(of: steps.lowerBound, in: block, connection, allowance)
      {
        return rows
      }
      if blocks.count > RecordingReader.blockLimit, count > limit, limit <= blocks.count * 8 {
        return Extremes.thin(
          try blocks.flatMap { try rowsOf($0, within: steps, connection, allowance) }, to: limit)
      }
      return try rows(of: blocks, steps, limit: limit, connection, allowance)
    } ?? []
  }

  /// The numbers of all steps in a range, without the norms of gradients.
  package func losses(in steps: ClosedRange<Int>) throws -> [StepScalars] {
    try read(Schema.scalars) { connection, allowance in
      var rows: [StepScalars] = []
      for block in try StoredScalars.fetchAll(overlapping: steps, connection, allowance) {
        do {
          let all = try whole(block, connection, allowance).rowsWithoutNorms()
          rows += all.lazy.filter { steps.contains($0.step) }
        } catch let defect as Packing.Defect { note(defect, in: block) }
      }
      return rows
    } ?? []
  }

  /// The next steps of which there are numbers, those of about `limit` rows; nil where there are none.
  ///
  /// - Throws: `RecordingError.damaged`, where the file's numbers unpack to more than can be in it.
  package func stepsWithNumbers(after step: Int, limit: Int) throws -> ClosedRange<Int>? {
    if step < 1 { try checkNumbers() }
    return try read(Schema.scalars) { connection, allowance -> ClosedRange<Int>? in
      let rows = try Row.fetchCursor(
        connection,
        sql: """
          SELECT first, last, rows, norm_rows, parameters FROM scalars WHERE last > ? AND first <= last ORDER BY first \
          LIMIT \(RecordingReader.chunkLimit)
          """, arguments: [step])
      var (steps, count): (ClosedRange<Int>?, Int) = (nil, 0)
      while count < limit, let row = try rows.next() {
        var fields = StoredFields(row, place: Schema.scalars.name, allowance)
        let (first, last) = (max(step + 1, try fields.step()), try fields.step())
        count += try fields.integer(1...1 << 20)
        // A row with many norms is as long as several without.
        count += try fields.integer(0...1 << 20) * fields.integer(0...1 << 24) / RecordingReader.normsOfRow
        steps = min(steps?.lowerBound ?? first, first)...max(steps?.upperBound ?? last, last)
      }
      return steps
    } ?? nil
  }

  /// Checks that all numbers together unpack to no more than a file of this size can have.
  ///
  /// - Throws: `RecordingError.damaged`.
  func checkNumbers() throws {
    let found = try read(Schema.scalars) { connection, _ in
      try Row.fetchOne(
        connection,
        sql: "SELECT total(\(StoredScalars.workQuery)), total(rows) FROM scalars")
    }
    guard let found = found ?? nil, case .double(let size) = (found[0] as DatabaseValue).storage,
      case .double(let rows) = (found[1] as DatabaseValue).storage
    else { return }
    let (limit, mostRows) = (database.workLimit, max(RecordingReader.leastRows, byteCount))
    guard !(size <= Double(limit)) || !(rows <= Double(mostRows)) else { return }
    throw RecordingError.damaged(
      RecordingDefect(
        path: path, place: Schema.scalars.name,
        expected: size <= Double(limit)
          ? localized("at most \(mostRows) rows in this file")
          : localized("at most \(limit) bytes in this file"),
        got: localized("more than that")))
  }

  /// How many rows a file may have that is small; a larger one has a byte for each at least, since no two steps end at
  /// the same time.
  private static let leastRows = 350_000

  /// The numbers of one step, from a block that is kept unpacked; nil where it cannot be.
  private func row(
    of step: Int, in block: StoredScalars, _ connection: Database, _ allowance: ReadAllowance
  ) -> [StepScalars]? {
    if let rows = recentBlock.withLock({ $0.rows(of: step, in: block) }) { return rows }
    guard block.normRows <= RecentBlock.normLimit / max(1, block.parameters),
      let rows = try? whole(block, connection, allowance).allRows()
    else { return nil }
    return recentBlock.withLock { recent in
      recent.keep(rows, of: block)
      return recent.rows(of: step, in: block)
    }
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
    var room = RecordingReader.unpackedNormLimit
    for (block, chosen) in Dictionary(grouping: places, by: { origins[$0].block }) {
      let source = sources[block]
      left -= source.norms.count
      guard left > 0 || places.count == rows.count, source.normByteCount <= room else { continue }
      room -= source.normByteCount
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
    guard allowance.unpack(block.rowCount * StoredScalars.rowMemory) else {
      throw StoredFields.Defect(
        place: "scalars from \(block.first)",
        expected: localized("at most \(allowance.room) bytes in this file"),
        got: localized("\(block.rowCount) rows"))
    }
    guard let whole = try StoredScalars.fetch(first: block.first, connection, allowance) else {
      throw Packing.Defect(expected: localized("a block from \(block.first)"), got: localized("none"))
    }
    return whole
  }
}
