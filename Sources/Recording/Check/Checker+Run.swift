import GRDB
import Localization
import Trace

/// What a run measured and what it was: numbers, keyframes, hashes.
extension Checker {
  mutating func checkScalars() {
    var blocks: [StoredScalars] = []
    var work = 0
    for id in ids(of: Schema.scalars) {
      let place = "scalars from \(id)"
      let rows = FoundDefect.Rows.row(table: Schema.scalars.name, id)
      do {
        guard let block = try block(from: Int(id)) else { continue }
        work += block.work
        if isBeyondWork(work, rows, place) { continue }
        let kept = try block.allRows()
        _ = try block.extremeRows()
        guard blocks.last.map({ $0.last < block.first }) ?? true else {
          throw Packing.Defect(
            expected: localized("a block after the one before it"), got: localized("one that overlaps it"))
        }
        guard block.summary.steps >= kept.count,
          block.summary.steps <= block.last - block.first + 1,
          let end = kept.last, end.seconds == block.seconds || end.seconds.isNaN && block.seconds.isNaN
        else {
          throw Packing.Defect(
            expected: localized("a summary of its \(kept.count) steps"), got: localized("one of other steps"))
        }
        blocks.append(block)
      } catch {
        find(rows, place, error)
      }
    }
    note(blocks)
  }

  private func block(from first: Int) throws -> StoredScalars? {
    try reader.read(Schema.scalars) { try StoredScalars.fetch(first: first, $0, $1) } ?? nil
  }

  private mutating func note(_ blocks: [StoredScalars]) {
    let hashes = try? reader.stateHashes()
    let ends = [blocks.first?.first, hashes?.first?.step].compactMap(\.self)
    guard let first = ends.min(), case let last = max(blocks.last?.last ?? 0, reader.lastStep),
      first <= last
    else { return }
    check.steps = first...last
    var known = first - 1
    for block in blocks {
      check.rows += block.rowCount
      check.normRows += block.normRows
      if known + 1 < block.first { check.gaps.append(known + 1...block.first - 1) }
      known = block.last
      if block.last - block.first + 1 > block.summary.steps {
        check.gaps += (try? gaps(in: block)) ?? []
      }
    }
    if known < last { check.gaps.append(known + 1...last) }
    // A repair says what it could not save; elsewhere a gap is a loss that was not reported.
    guard check.repaired == nil else { return }
    for gap in check.gaps {
      find(
        .none, localized("the scalars"), expected: localized("every step from \(first) to \(last)"),
        got: gap.count == 1
          ? localized("none for \(gap.lowerBound)")
          : localized("none for \(gap.lowerBound) to \(gap.upperBound)")
      )
    }
  }

  /// Where steps are missing inside a block; known only for a block that was never thinned.
  private func gaps(in block: StoredScalars) throws -> [ClosedRange<Int>] {
    guard block.level == 0 else { return [] }
    let steps = try self.block(from: block.first)?.rowsWithoutNorms().map(\.step) ?? []
    return zip(steps, steps.dropFirst()).filter { $0 + 1 < $1 }.map { $0 + 1...$1 - 1 }
  }

  mutating func checkKeyframes() {
    let ids = ids(of: Schema.keyframes)
    let limit = reader.stateLimit
    let begun = reader.database.unpackedBytes
    for id in ids {
      let work = reader.database.unpackedBytes - begun
      if isBeyondWork(work, .keyframe(step: id), localized("keyframe \(id)")) { continue }
      guard (1...Int64(StoredFields.lastStep)).contains(id) else {
        find(
          .keyframe(step: id), localized("keyframe \(id)"), expected: localized("a step from 1"), got: "\(id)"
        )
        continue
      }
      guard id <= limit else {
        find(
          .keyframe(step: id), "keyframe \(id)", expected: localized("a step of the run, up to \(limit)"),
          got: "\(id)")
        continue
      }
      do {
        guard let keyframe = try reader.keyframe(at: Int(id)) else { continue }
        if keyframe.hash != 0, let hash = stateHash?(keyframe), hash != keyframe.hash {
          throw Packing.Defect(
            expected: localized("values with the hash \(hexadecimal(keyframe.hash))"), got: hexadecimal(hash))
        }
        check.keyframes.append(keyframe.step)
      } catch {
        find(brokenRows(of: id), localized("keyframe \(id)"), error)
      }
    }
    let known = Set(ids)
    var orphans: Set<Int64> = []
    each(Schema.arrays, "iteration") { fields, _ in
      let step = Int64(try fields.integer(Int.min...Int.max))
      if !known.contains(step) { orphans.insert(step) }
    }
    for id in orphans.sorted() {
      find(
        .keyframe(step: id), "keyframe \(id)", expected: localized("its hash and its settings"),
        got: localized("its arrays only"))
    }
  }

  /// What has to go of a keyframe that is not whole.
  private func brokenRows(of id: Int64) -> FoundDefect.Rows {
    let rest = try? reader.keyframe(at: Int(id), withBatch: false)
    guard let rest = rest ?? nil, rest.hash == 0 || stateHash?(rest) ?? rest.hash == rest.hash else {
      return .keyframe(step: id)
    }
    return .batch(step: id)
  }

  mutating func checkHashes() {
    var states: [Int: UInt64] = [:]
    each(Schema.keyframes, "iteration, hash") { fields, _ in
      states[try fields.integer(Int.min...Int.max)] = try fields.bits()
    }
    let whole = Set(check.keyframes)
    let limit = reader.stateLimit
    var count = 0
    each(Schema.hashes, "iteration, hash", as: "hashes") { fields, id in
      let (step, hash) = (try fields.step(), try fields.bits())
      guard step <= limit else {
        throw StoredFields.Defect(
          place: "hash \(step)", expected: localized("a step of the run, up to \(limit)"),
          got: "\(step)")
      }
      if hash != 0, whole.contains(step), let state = states[step], state != 0, state != hash {
        throw StoredFields.Defect(
          place: "hash \(step)", expected: localized("the keyframe's \(hexadecimal(state))"),
          got: hexadecimal(hash)
        )
      }
      count += 1
    }
    check.hashes = count
  }

  /// The steps that the rows of a table are named by, as far as they can be read.
  func ids(of table: Schema.Table) -> [Int64] {
    var ids: [Int64] = []
    _ = try? reader.read(table, within: Checker.timeLimit) { connection, allowance in
      let rows = try Row.fetchCursor(
        connection,
        sql: "SELECT \(table.columnNames[0]) FROM \(table.name) NOT INDEXED ORDER BY 1 LIMIT 10000000")
      while let row = try rows.next() {
        guard allowance.draw(table.columnNames.count) else { break }
        if case .int64(let id) = (row[0] as DatabaseValue).storage { ids.append(id) }
      }
    }
    return ids
  }
}

private func hexadecimal(_ hash: UInt64) -> String {
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
