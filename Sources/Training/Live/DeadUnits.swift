import Autograd
import Trace

/// Counts the units that are 0 for a whole batch.
enum DeadUnits {
  /// The share of the units behind all ReLUs of a step whose output is 0 for every sample; nil without a ReLU.
  static func share(of tape: Tape) -> Double? {
    var (dead, all) = (0, 0)
    for entry in tape.forward where entry.operation.name == "relu" {
      guard let active = UnitCount.counts(in: entry.output, outside: 0...0) else { continue }
      dead += active.counts.count { $0 == 0 }
      all += active.counts.count
    }
    return all == 0 ? nil : Double(dead) / Double(all)
  }
}
