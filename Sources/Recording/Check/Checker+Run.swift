import GRDB
import Trace

/// What a run measured and what it was: numbers, keyframes, hashes.
extension Checker {
  mutating func checkScalars() {
    var blocks: [StoredScalars] = []
    for id in ids(of: Schema.scalars) {
      let place = "scalars from \(id)"
      let rows = Finding.Rows.row(table: Schema.scalars.name, id)
      do {
        guard let block = try block(from: Int(id)) else { continue }
        let kept = try block.allRows()
        _ = try block.extremeRows()
        guard blocks.last.map({ $0.last < block.first }) ?? true else {
          throw Packing.Defect(expected: "a block after the one before it", got: "one that overlaps it")
        }
        guard block.summary.iterations >= kept.count,
          block.summary.iterations <= block.last - block.first + 1,
          let end = kept.last, end.seconds == block.seconds || end.seconds.isNaN && block.seconds.isNaN
        else {
          throw Packing.Defect(
            expected: "a summary of its \(kept.count) steps", got: "one of other steps")
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
    let ends = [blocks.first?.first, hashes?.first?.iteration].compactMap(\.self)
    guard let first = ends.min(), case let last = max(blocks.last?.last ?? 0, reader.lastIteration),
      first <= last
    else { return }
    check.iterations = first...last
    var known = first - 1
    for block in blocks {
      check.rows += block.rowCount
      check.normRows += block.normRows
      if known + 1 < block.first { check.gaps.append(known + 1...block.first - 1) }
      known = block.last
      if block.last - block.first + 1 > block.summary.iterations {
        check.gaps += (try? gaps(in: block)) ?? []
      }
    }
    if known < last { check.gaps.append(known + 1...last) }
    // A repair says what it could not save; elsewhere a gap is a loss that was not reported.
    guard check.repaired == nil else { return }
    for gap in check.gaps {
      find(
        .none, "the scalars", expected: "every step from \(first) to \(last)",
        got: gap.count == 1 ? "none for \(gap.lowerBound)" : "none for \(gap.lowerBound) to \(gap.upperBound)"
      )
    }
  }

  /// Where iterations are missing inside a block; known only for a block that was never thinned.
  private func gaps(in block: StoredScalars) throws -> [ClosedRange<Int>] {
    guard block.level == 0 else { return [] }
    let iterations = try self.block(from: block.first)?.rowsWithoutNorms().map(\.iteration) ?? []
    return zip(iterations, iterations.dropFirst()).filter { $0 + 1 < $1 }.map { $0 + 1...$1 - 1 }
  }

  mutating func checkKeyframes() {
    let ids = ids(of: Schema.keyframes)
    let limit = reader.stateLimit
    for id in ids {
      guard (1...Int64(StoredFields.lastIteration)).contains(id) else {
        find(.keyframe(iteration: id), "keyframe \(id)", expected: "a step from 1", got: "\(id)")
        continue
      }
      guard id <= limit else {
        find(
          .keyframe(iteration: id), "keyframe \(id)", expected: "a step of the run, up to \(limit)",
          got: "\(id)")
        continue
      }
      do {
        guard let keyframe = try reader.keyframe(at: Int(id)) else { continue }
        if keyframe.hash != 0, let hash = stateHash?(keyframe), hash != keyframe.hash {
          throw Packing.Defect(
            expected: "values with the hash \(hexadecimal(keyframe.hash))", got: hexadecimal(hash))
        }
        check.keyframes.append(keyframe.iteration)
      } catch {
        find(brokenRows(of: id), "keyframe \(id)", error)
      }
    }
    let known = Set(ids)
    var orphans: Set<Int64> = []
    each(Schema.arrays, "iteration") { fields, _ in
      let iteration = Int64(try fields.integer(Int.min...Int.max))
      if !known.contains(iteration) { orphans.insert(iteration) }
    }
    for id in orphans.sorted() {
      find(
        .keyframe(iteration: id), "keyframe \(id)", expected: "its hash and its settings",
        got: "its arrays only")
    }
  }

  /// What has to go of a keyframe that is not whole.
  private func brokenRows(of id: Int64) -> Finding.Rows {
    let rest = try? reader.keyframe(at: Int(id), withBatch: false)
    guard let rest = rest ?? nil, rest.hash == 0 || stateHash?(rest) ?? rest.hash == rest.hash else {
      return .keyframe(iteration: id)
    }
    return .batch(iteration: id)
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
      let (iteration, hash) = (try fields.iteration(), try fields.bits())
      guard iteration <= limit else {
        throw StoredFields.Defect(
          place: "hash \(iteration)", expected: "a step of the run, up to \(limit)",
          got: "\(iteration)")
      }
      if hash != 0, whole.contains(iteration), let state = states[iteration], state != 0, state != hash {
        throw StoredFields.Defect(
          place: "hash \(iteration)", expected: "the keyframe's \(hexadecimal(state))", got: hexadecimal(hash)
        )
      }
      count += 1
    }
    check.hashes = count
  }

  /// The iterations that the rows of a table are named by, as far as they can be read.
  func ids(of table: Schema.Table) -> [Int64] {
    var ids: [Int64] = []
    _ = try? reader.read(table, within: Checker.timeLimit) { connection, _ in
      let rows = try Row.fetchCursor(
        connection,
        sql: "SELECT \(table.columnNames[0]) FROM \(table.name) NOT INDEXED ORDER BY 1 LIMIT 10000000")
      while let row = try rows.next() {
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
