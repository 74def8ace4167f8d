import Trace

/// The numbers of several ranks side by side, and whether their parameters are the same.
struct RankComparison: Sendable {
  /// The most steps of a rank that wait for the others.
  private static let mostWaiting = 4_096

  /// What a step's hashes say.
  enum Verdict: Sendable, Equatable {
    /// The parameters differ after this step, and did not after the one before.
    case differ(step: Int)
    /// They are the same again after this step.
    case same(step: Int)
  }

  /// The ranks that are compared, in order.
  private(set) var ranks: [Int] = []
  private(set) var table: RankTable
  /// The steps that not all ranks have ended yet: what each has said of them.
  private var waiting: [Int: [Int: ScalarsMessage.Row]] = [:]
  private var hashes: [Int: [Int]] = [:]
  private var names: [String] = []

  /// Nothing to compare yet.
  init() { table = RankTable(ranks: [], shown: 0) }

  /// Another rank has joined.
  mutating func add(_ rank: Int) {
    guard !ranks.contains(rank) else { return }
    ranks = (ranks + [rank]).sorted()
    table.rows = ranks.map { rank in table.rows.first { $0.rank == rank } ?? RankTable.Row(rank: rank) }
  }

  /// The rank that is shown.
  mutating func show(_ rank: Int) { table.shown = rank }

  /// Takes the steps that a rank has ended; returns where the ranks begin to differ, and where they no longer do.
  mutating func take(_ rows: [ScalarsMessage.Row], from rank: Int) -> [Verdict] {
    guard ranks.contains(rank) else { return [] }
    var verdicts: [Verdict] = []
    for row in rows {
      waiting[row.step, default: [:]][rank] = row
      guard let all = waiting[row.step], all.count == ranks.count else { continue }
      waiting[row.step] = nil
      verdicts += compare(all, step: row.step).map { [$0] } ?? []
    }
    while waiting.count > RankComparison.mostWaiting, let oldest = waiting.keys.min() {
      waiting[oldest] = nil
    }
    return verdicts
  }

  private mutating func compare(_ all: [Int: ScalarsMessage.Row], step: Int) -> Verdict? {
    let hasNorms = all.values.allSatisfy { !$0.gradientNorms.isEmpty }
    for place in table.rows.indices {
      guard let row = all[table.rows[place].rank] else { continue }
      table.rows[place].step = step
      table.rows[place].loss = row.loss.isNaN ? nil : row.loss
      table.rows[place].hash = row.hash
      if hasNorms { table.rows[place].gradientNorm = RankComparison.norm(row.gradientNorms) }
    }
    let different = Set(all.values.compactMap(\.hash)).count > 1
    guard different != (table.difference != nil) else { return nil }
    table.difference = different ? RankTable.Difference(step: step) : nil
    hashes = [:]
    return different ? .differ(step: step) : .same(step: step)
  }

  /// Takes a rank's hashes of all parameters after the step in which they differed; returns the first that does, once
  /// all ranks have answered.
  mutating func take(hashes: [Int], ofStep step: Int, from rank: Int, names: [String]) -> String? {
    guard let difference = table.difference, difference.step == step else { return nil }
    self.hashes[rank] = hashes
    if !names.isEmpty { self.names = names }
    guard self.hashes.count == ranks.count, let count = self.hashes.values.map(\.count).min() else {
      return nil
    }
    let first = (0..<count).first { place in Set(self.hashes.values.map { $0[place] }).count > 1 }
    table.difference?.parameter = first.flatMap { self.names.indices.contains($0) ? self.names[$0] : nil }
    return table.difference?.parameter
  }

  /// The norm of all gradients together; parameters without a gradient do not count.
  private static func norm(_ norms: [Float]) -> Float {
    Float(norms.reduce(0 as Double) { $0 + ($1.isNaN ? 0 : Double($1) * Double($1)) }.squareRoot())
  }
}
