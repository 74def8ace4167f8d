import GRDB
import Localization
import Trace

extension StoredScalars {
  private static let columns = """
    first, last, rows, level, parameters, norm_rows, seconds, iterations, not_finite, loss_min, loss_max, \
    loss_mean, crc32, extremes
    """
  private static let blobs = "iteration, loss, accuracy, learning_rate, time, norm_places, norms"

  /// One block whole.
  static func fetch(
    first: Int, _ database: Database, _ allowance: ReadAllowance? = nil
  ) throws -> StoredScalars? {
    let sql = "SELECT \(columns), \(blobs) FROM scalars WHERE first = ?"
    let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: [first])
    guard let row = try rows.next() else { return nil }
    var fields = StoredFields(row, place: "scalars from \(first)", allowance)
    return try StoredScalars(&fields, withBlobs: true)
  }

  /// The blocks that have some of the steps, in order, without their columns of numbers.
  static func fetchAll(
    overlapping steps: ClosedRange<Int> = 1...StoredFields.lastStep, _ database: Database,
    _ allowance: ReadAllowance? = nil
  ) throws -> [StoredScalars] {
    // Blocks do not overlap: the one that begins last before the steps is the first that can have some.
    let sql = """
      SELECT \(columns) FROM scalars WHERE first <= ? AND last >= ? \
      AND first >= coalesce((SELECT max(first) FROM scalars WHERE first <= ?), 0) ORDER BY first
      """
    let rows = try Row.fetchCursor(
      database.cachedStatement(sql: sql),
      arguments: [steps.upperBound, steps.lowerBound, steps.lowerBound])
    var all: [StoredScalars] = []
    while let row = try rows.next() {
      var fields = StoredFields(row, place: "scalars", allowance)
      let block = try StoredScalars(&fields, withBlobs: false)
      guard all.last.map({ $0.last < block.first }) ?? true else {
        throw fields.defect(
          expected: localized("blocks in order"), got: localized("one from \(block.first) twice or too early")
        )
      }
      all.append(block)
    }
    return all
  }

  init(_ fields: inout StoredFields, withBlobs: Bool) throws {
    first = try fields.step()
    last = try fields.step()
    rowCount = try fields.integer(1...(1 << 20))
    level = try fields.integer(0...64)
    parameters = try fields.integer(0...(1 << 24))
    normRows = try fields.integer(0...rowCount)
    seconds = try fields.real()
    summary.steps = try fields.integer(1...(1 << 48))
    summary.notFinite = try fields.integer(0...summary.steps)
    let (least, greatest, mean) = (
      try fields.optionalReal(), try fields.optionalReal(), try fields.optionalReal()
    )
    summary.least = least ?? .infinity
    summary.greatest = greatest ?? -.infinity
    summary.sum = (mean ?? 0) * Double(summary.steps - summary.notFinite)
    checksum = UInt32(try fields.integer(0...Int(UInt32.max)))
    extremes = try fields.blob()
    guard first <= last, rowCount <= last - first + 1 else {
      throw fields.defect(
        expected: localized("at most \(rowCount) steps in order"), got: localized("\(first) to \(last)"))
    }
    guard withBlobs else { return }
    steps = try fields.blob()
    losses = try fields.blob()
    accuracies = try fields.blob()
    learningRates = try fields.blob()
    times = try fields.blob()
    normPlaces = try fields.blob()
    norms = try fields.blob()
  }

  /// The block in memory, with all its rows.
  func block() throws -> ScalarBlock {
    var block = ScalarBlock(try allRows())
    (block.level, block.summary) = (level, summary)
    return block
  }
}
