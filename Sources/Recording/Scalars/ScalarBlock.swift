import Trace

/// Some consecutive steps, stored together in one row of the table `scalars`.
struct ScalarBlock: Sendable, Equatable {
  /// What is known of all steps that the block represents, whether their rows are kept or not.
  struct Summary: Sendable, Equatable {
    var steps = 0
    var notFinite = 0
    var least = Double.infinity
    var greatest = -Double.infinity
    var sum = 0.0

    /// The mean of the finite losses; nil without any.
    var mean: Double? { steps > notFinite ? sum / Double(steps - notFinite) : nil }

    mutating func add(_ loss: Float) {
      steps += 1
      guard loss.isFinite else {
        notFinite += 1
        return
      }
      least = min(least, Double(loss))
      greatest = max(greatest, Double(loss))
      sum += Double(loss)
    }

    mutating func add(_ other: Summary) {
      steps += other.steps
      notFinite += other.notFinite
      least = min(least, other.least)
      greatest = max(greatest, other.greatest)
      sum += other.sum
    }
  }

  /// The rows, by rising step.
  var rows: [StepScalars]
  /// How many times the rows were halved.
  var level = 0
  var summary: Summary

  /// A block of rows that are all kept.
  init(_ rows: [StepScalars]) {
    self.rows = rows
    summary = Summary()
    for row in rows { summary.add(row.loss) }
  }

  /// How many rows a block has for a model with this many parameters: fewer where rows are long.
  static func rowLimit(parameters: Int) -> Int { min(1_024, max(32, 262_144 / (28 + 4 * parameters))) }

  /// One block of half the rows of two neighbours.
  static func merging(_ first: ScalarBlock, _ second: ScalarBlock) -> ScalarBlock {
    var block = first
    let rows = first.rows + second.rows
    // The ends stay, so that blocks still say where they begin and end.
    block.rows =
      rows.prefix(1) + Extremes.thin(Array(rows.dropFirst().dropLast()), to: max(2, rows.count / 2))
      + rows.suffix(1)
    block.level = max(first.level, second.level) + 1
    block.summary.add(second.summary)
    return block
  }

  /// The block with gradient norms at every other of the rows that have them.
  var withFewerNorms: ScalarBlock {
    var block = self
    var keeps = true
    for place in rows.indices where !rows[place].gradientNorms.isEmpty {
      if !keeps { block.rows[place].gradientNorms = [] }
      keeps.toggle()
    }
    return block
  }
}
