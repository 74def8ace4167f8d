import Autograd
import Foundation

/// Shares of the units of an activation in one batch.
enum UnitMeasure {
  /// The share of units that are active for nothing in the batch.
  static func deadShare(of output: Tensor) -> Double {
    share(of: output, outside: UnitCount.inactivity) { active, _ in active == 0 }
  }

  /// The share of units that are at an end of the function for more than half of the batch: beyond ±9.5 of tanh, outside
  /// −23…17 of sigmoid, as far as the output tells them; nil for functions that do not saturate.
  static func saturatedShare(of output: Tensor, after function: String) -> Double? {
    let limits: ClosedRange<Double>
    switch function {
    case "tanh":
      let end = Double(Float(tanh(9.5))).nextDown
      limits = -end...end
    case "sigmoid":
      let (low, high) = (1 / (1 + exp(23.0)), Double(Float(1 / (1 + exp(-17.0)))))
      limits = low.nextUp...high.nextDown
    default: return nil
    }
    return share(of: output, outside: limits) { atEnd, all in 2 * atEnd > all }
  }

  /// The share of units whose count of numbers outside some limits is as wanted; NaN without units.
  private static func share(
    of output: Tensor, outside limits: ClosedRange<Double>, isCounted: (_ count: Int, _ all: Int) -> Bool
  ) -> Double {
    guard let found = UnitCount.counts(in: output, outside: limits) else { return .nan }
    return Double(found.counts.count { isCounted($0, found.each) }) / Double(found.counts.count)
  }
}
