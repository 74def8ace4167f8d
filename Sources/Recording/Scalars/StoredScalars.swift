import Arrays
import Localization
import Trace

/// A block of steps in the columns of the table `scalars`.
struct StoredScalars: Sendable, Equatable {
  var first = 0
  var last = 0
  var rowCount = 0
  var level = 0
  /// How many parameters have norms.
  var parameters = 0
  /// How many of the rows have norms.
  var normRows = 0
  /// When the last step was done.
  var seconds = 0.0
  var summary = ScalarBlock.Summary()
  var checksum: UInt32 = 0
  /// The rows of the least and the greatest loss in full, after the CRC-32 of their bytes.
  var extremes: [UInt8] = []
  /// Packed numbers, one a row: steps (from `first`, 4 bytes), losses, accuracies (NaN for none), learning
  /// rates (4 bytes each), and seconds (8 bytes).
  var steps: [UInt8] = []
  var losses: [UInt8] = []
  var accuracies: [UInt8] = []
  var learningRates: [UInt8] = []
  var times: [UInt8] = []
  /// The rows that have norms, 4 bytes each; no numbers where all have.
  var normPlaces: [UInt8] = []
  /// All norms of the first parameter, then those of the second, and so on, 4 bytes each.
  var norms: [UInt8] = []

  /// **Units**: bytes of a row's numbers without norms, as they are packed: 4 for the step and each of three numbers, 8
  /// for the time.
  static let rowByteCount = 24
  /// **Units**: bytes that a row takes in memory.
  static let rowMemory = 48
  /// **Units**: bytes that the numbers of a small block may unpack to; those of others are in proportion to the block.
  private static let leastRoom = 1 << 19
  /// How many times as large the numbers of a block may be as the block: losses that are all NaN pack to little, but each
  /// step has its time.
  private static let mostExpansion = 16

  /// **Units**: bytes that the norms unpack to.
  var normByteCount: Int { normRows * parameters * 4 }

  /// Whether it says that it has every step from its first to its last.
  var isComplete: Bool { level == 0 && rowCount == last - first + 1 }

  /// **Units**: bytes that the norms of the block, or its other numbers, may unpack to.
  private var room: Int { max(StoredScalars.leastRoom, byteCount * StoredScalars.mostExpansion) }

  /// **Units**: bytes that all its numbers unpack to; what is beyond its room is not unpacked.
  var work: Int { min(rowCount * StoredScalars.rowByteCount, room) + min(normByteCount, room) }

  /// The same in SQL, of a row of the table.
  static let workQuery = """
    min(\(rowByteCount).0 * rows, \(roomQuery)) + min(4.0 * norm_rows * parameters, \(roomQuery))
    """
  private static let roomQuery = """
    max(\(leastRoom), \(mostExpansion) * (128 + length(extremes) + length(iteration) + length(loss) + length(accuracy) \
    + length(learning_rate) + length(time) + length(norm_places) + length(norms)))
    """

  /// Checks that so many bytes can be packed in the block, before they are unpacked.
  private func checkRoom(_ count: Int) throws(Packing.Defect) {
    guard count <= room else {
      throw Packing.Defect(expected: localized("at most \(room) bytes in this block"), got: "\(count)")
    }
  }

  /// The bytes that its blobs take.
  var byteCount: Int {
    [extremes, steps, losses, accuracies, learningRates, times, normPlaces, norms]
      .reduce(128) { $0 + $1.count }
  }

  /// The CRC-32 of the packed columns, one after the other.
  var columnChecksum: UInt32 {
    [steps, losses, accuracies, learningRates, times, normPlaces, norms]
      .reduce(0) { Recording.checksum($1, after: $0) }
  }
}

extension StoredScalars {
  /// A block's columns; packed where the block grows no more.
  init?(_ block: ScalarBlock, isPacked: Bool) {
    let rows = block.rows
    guard let head = rows.first, let tail = rows.last else { return nil }
    func column(_ bytes: [UInt8], _ size: Int) -> [UInt8] {
      isPacked ? Packing.pack(bytes, elementSize: size) : Packing.raw(bytes)
    }
    (first, last, rowCount, level) = (head.step, tail.step, rows.count, block.level)
    (seconds, summary) = (tail.seconds, block.summary)
    let withNorms = rows.indices.filter { !rows[$0].gradientNorms.isEmpty }
    parameters = withNorms.first.map { rows[$0].gradientNorms.count } ?? 0
    normRows = withNorms.count
    steps = column(storedBytes(rows.map { UInt32(clamping: $0.step - head.step) }), 4)
    losses = column(storedBytes(rows.map(\.loss)), 4)
    accuracies = column(storedBytes(rows.map { $0.accuracy ?? .nan }), 4)
    learningRates = column(storedBytes(rows.map(\.learningRate)), 4)
    times = column(storedBytes(rows.map(\.seconds)), 8)
    normPlaces = column(normRows == rowCount ? [] : storedBytes(withNorms.map { UInt32($0) }), 4)
    // In a file that is resumed, rows of one block may have norms of different numbers of parameters.
    norms = column(
      storedBytes(
        (0..<parameters).flatMap { place in
          withNorms.map { row in
            let norms = rows[row].gradientNorms
            return norms.indices.contains(place) ? norms[place] : .nan
          }
        }), 4)
    var found = Extremes()
    for (place, row) in rows.enumerated() { found.add(row.loss, at: place) }
    let full = found.places.flatMap { StoredScalars.bytes(of: rows[$0], parameters: parameters) }
    extremes = storedBytes([Recording.checksum(full)]) + full
    checksum = columnChecksum
  }

  /// A row in full: step and seconds (8 bytes each), loss, accuracy, learning rate and the number of norms (4 bytes
  /// each), then the norms.
  private static func bytes(of row: StepScalars, parameters: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    Int64(row.step).append(to: &bytes)
    row.seconds.append(to: &bytes)
    for value in [row.loss, row.accuracy ?? .nan, row.learningRate] { value.append(to: &bytes) }
    UInt32(row.gradientNorms.count).append(to: &bytes)
    for norm in row.gradientNorms { norm.append(to: &bytes) }
    return bytes
  }
}

extension StoredScalars {
  /// The rows of the least and the greatest loss.
  ///
  /// - Throws: what is wrong with them.
  func extremeRows() throws(Packing.Defect) -> [StepScalars] {
    let full = Array(extremes.dropFirst(4))
    guard extremes.count >= 4,
      extremes.withUnsafeBytes({ UInt32(stored: $0, at: 0) }) == Recording.checksum(full)
    else {
      throw Packing.Defect(expected: localized("extremes with their checksum"), got: localized("other bytes"))
    }
    var rows: [StepScalars] = []
    var place = 0
    while place < full.count {
      guard let row = StoredScalars.row(full, &place), (first...last).contains(row.step),
        rows.last.map({ $0.step < row.step }) ?? true
      else {
        throw Packing.Defect(
          expected: localized("rows of steps \(first) to \(last)"), got: localized("other rows"))
      }
      rows.append(row)
    }
    return rows
  }

  private static func row(_ bytes: [UInt8], _ place: inout Int) -> StepScalars? {
    bytes.withUnsafeBytes { bytes in
      guard bytes.count - place >= 32 else { return nil }
      let numbers = (0..<3).map { Float(stored: bytes, at: place + 16 + $0 * 4) }
      let normCount = Int(UInt32(stored: bytes, at: place + 28))
      guard (bytes.count - place - 32) / 4 >= normCount,
        let step = Int(exactly: Int64(stored: bytes, at: place))
      else { return nil }
      let start = place + 32
      let row = StepScalars(
        step: step, loss: numbers[0], accuracy: numbers[1].isNaN ? nil : numbers[1],
        learningRate: numbers[2],
        gradientNorms: (0..<normCount).map { Float(stored: bytes, at: start + $0 * 4) },
        seconds: Double(stored: bytes, at: place + 8))
      place = start + normCount * 4
      return row
    }
  }

  /// All rows of the block with everything.
  ///
  /// - Throws: what is wrong with the columns.
  func allRows() throws(Packing.Defect) -> [StepScalars] {
    var rows = try rowsWithoutNorms()
    let norms = try norms(at: Array(rows.indices))
    for (place, norms) in zip(rows.indices, norms) { rows[place].gradientNorms = norms }
    return rows
  }

  /// All rows of the block but for the gradient norms.
  ///
  /// - Throws: what is wrong with the columns.
  func rowsWithoutNorms() throws(Packing.Defect) -> [StepScalars] {
    let got = columnChecksum
    guard got == checksum else {
      throw Packing.Defect(expected: localized("columns with the checksum \(checksum)"), got: "\(got)")
    }
    try checkRoom(rowCount * StoredScalars.rowByteCount)
    let offsets: [UInt32] = try column(steps, rowCount)
    let losses: [Float] = try column(losses, rowCount)
    let accuracies: [Float] = try column(accuracies, rowCount)
    let rates: [Float] = try column(learningRates, rowCount)
    let times: [Double] = try column(times, rowCount)
    guard zip(offsets, offsets.dropFirst()).allSatisfy({ $0 < $1 }), offsets.first == 0,
      offsets.last.map({ first + Int($0) }) == last
    else {
      throw Packing.Defect(
        expected: localized("steps in ascending order from \(first) to \(last)"), got: localized("others"))
    }
    return offsets.indices.map { index in
      StepScalars(
        step: first + Int(offsets[index]), loss: losses[index],
        accuracy: accuracies[index].isNaN ? nil : accuracies[index], learningRate: rates[index],
        gradientNorms: [], seconds: times[index])
    }
  }

  /// The gradient norms of some rows; none where they are not kept.
  ///
  /// - Throws: what is wrong with the columns.
  func norms(at places: [Int]) throws(Packing.Defect) -> [[Float]] {
    var result = [[Float]](repeating: [], count: places.count)
    guard normRows > 0, parameters > 0 else { return result }
    let (count, overflow) = normRows.multipliedReportingOverflow(by: parameters)
    guard !overflow else {
      throw Packing.Defect(
        expected: localized("norms of the parameters"), got: localized("\(parameters) parameters"))
    }
    try checkRoom(count * 4)
    var columns: [Int: Int] = [:]
    if normRows < rowCount {
      let kept: [UInt32] = try column(normPlaces, normRows)
      for (index, place) in kept.enumerated() { columns[Int(place)] = index }
    }
    let values: [Float] = try column(norms, count)
    for (index, place) in places.enumerated() {
      guard let column = normRows == rowCount ? place : columns[place] else { continue }
      result[index] = (0..<parameters).map { values[$0 * normRows + column] }
    }
    return result
  }

  private func column<Number: ArrayElement>(
    _ packed: [UInt8], _ count: Int
  ) throws(Packing.Defect) -> [Number] {
    storedNumbers(try Packing.unpack(packed, elementSize: MemoryLayout<Number>.size, count: count))
  }
}
