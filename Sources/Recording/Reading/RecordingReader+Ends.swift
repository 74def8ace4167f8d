import GRDB
import Trace

/// How far a recording goes, as far as what it holds proves it.
extension RecordingReader {
  /// What was last found out about the end, and what SQLite's version of the file was then.
  struct Ends {
    var version: Int?
    /// The last step of the numbers.
    var numbers: Int?
    /// How many states there are.
    var states: Int?
  }

  /// As far as the run was recorded: where the numbers of the last steps are lost, as far as a state was.
  package var lastStep: Int {
    let numbers = endOfNumbers
    let limit = stateLimit(after: numbers)
    // A state belongs to the start of its step: the step before it is done.
    let states = [Schema.hashes, Schema.keyframes].compactMap { table in
      end(of: table, "SELECT max(iteration) FROM \(table.name) WHERE iteration <= \(limit)").map { $0 - 1 }
    }
    let last = ([numbers].compactMap(\.self) + states).max()
    return known.withLock { known in
      known.lastStep = last ?? known.lastStep
      return known.lastStep
    }
  }

  /// Why a keyframe is broken, where that is known and nothing was written since.
  func brokenKeyframe(_ step: Int, _ version: Int) -> RecordingError? {
    broken.withLock { $0.version == version ? $0.keyframes[step] : nil }
  }

  /// Notes that a keyframe is broken.
  func note(_ error: RecordingError, ofKeyframe step: Int, _ version: Int) {
    broken.withLock { broken in
      if broken.version != version { broken = (version, [:]) }
      broken.keyframes[step] = error
    }
  }

  /// How far states may reach beyond the last numbers of a run that is longer than planned.
  private static let stateAllowance = 1_024

  /// The last step whose state is believed: one far from all that is known would make the run endless.
  var stateLimit: Int { stateLimit(after: endOfNumbers) }

  /// How many steps each state may count for where the numbers of its steps are lost: hashes are of every eighth step.
  private static let stepsOfState = 16
  /// How many blocks of numbers are tried for the last one that is what it says.
  private static let blocksTried = 8

  /// The last step of the last block of numbers that holds what it says: a run is not as long as a file claims.
  private var endOfNumbers: Int? {
    let version = dataVersion
    if let known = ends.withLock({ $0.version == version ? $0.numbers : nil }) { return known }
    let end = try? read(Schema.scalars) { connection, allowance -> Int in
      let rows = try Row.fetchCursor(
        connection, sql: "SELECT first FROM scalars ORDER BY first DESC LIMIT \(RecordingReader.blocksTried)")
      while let row = try rows.next() {
        var fields = StoredFields(row, place: Schema.scalars.name, allowance)
        guard let first = try? fields.step(),
          let block = try? StoredScalars.fetch(first: first, connection, allowance)
        else { continue }
        if block.isComplete || (try? block.rowsWithoutNorms()) != nil { return block.last }
      }
      return 0
    }
    let last = end ?? nil
    ends.withLock { $0 = Ends(version: version, numbers: last) }
    return last
  }

  private func stateLimit(after numbers: Int?) -> Int {
    let numbers = numbers ?? known.withLock { $0.lastStep }
    let (planned, overflows) = origin.description.epochs.multipliedReportingOverflow(
      by: origin.description.stepsPerEpoch)
    var last = numbers + RecordingReader.stateAllowance
    if !overflows, planned > last {
      // Few states do not prove that a run was long.
      last = min(planned, last + stateCount * RecordingReader.stepsOfState)
    }
    return min(last, StoredFields.lastStep - 1) + 1
  }

  /// How many states the file has a hash or a keyframe of.
  private var stateCount: Int {
    let version = dataVersion
    if let known = ends.withLock({ $0.version == version ? $0.states : nil }) { return known }
    let count = [Schema.hashes, Schema.keyframes].reduce(0) { sum, table in
      let count = try? read(table) { connection, _ in
        try Int.fetchOne(connection, sql: "SELECT count(*) FROM \(table.name)") ?? 0
      }
      return sum + min((count ?? nil) ?? 0, 1 << 32)
    }
    ends.withLock { if $0.version == version { $0.states = count } }
    return count
  }

  private func end(of table: Schema.Table, _ question: String) -> Int? {
    let end = try? read(table) { connection, allowance -> Int? in
      guard let row = try Row.fetchOne(connection, sql: question) else { return 0 }
      var fields = StoredFields(row, place: table.name, allowance)
      return try fields.optionalInteger(1...StoredFields.lastStep)
    }
    return (end ?? nil) ?? nil
  }
}
