import Trace

/// The block of numbers that was read last, unpacked: what asks for one step after the other unpacks each block once.
struct RecentBlock: Sendable {
  /// How many gradient norms a block may have to be kept.
  static let normLimit = 1 << 20

  private var header: StoredScalars?
  private var rows: [StepScalars] = []

  /// Keeps a block, which is known by its columns without numbers.
  mutating func keep(_ rows: [StepScalars], of header: StoredScalars) {
    (self.header, self.rows) = (header, rows)
  }

  /// The numbers of a step, none where the block has none of it; nil where this is another block.
  func rows(of step: Int, in header: StoredScalars) -> [StepScalars]? {
    guard header == self.header else { return nil }
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].step < step { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].step == step ? [rows[low]] : []
  }
}
