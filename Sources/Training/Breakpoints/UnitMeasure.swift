import Autograd
import Foundation

/// Shares of the units of an activation in one batch. The units of an image are its channels, which are its second axis;
/// elsewhere they are the last axis.
enum UnitMeasure {
  /// The magnitude from which on a unit is active.
  private static let activity = 1e-5

  /// The share of units that are active for nothing in the batch.
  static func deadShare(of output: Tensor) -> Double {
    share(of: output) {
      $0.magnitude >= activity
    } isCounted: { active, _ in
      active == 0
    }
  }

  /// The share of units that are at an end of the function for more than half of the batch: beyond ±9.5 of tanh, outside
  /// −23…17 of sigmoid, as far as the output tells them; nil for functions that do not saturate.
  static func saturatedShare(of output: Tensor, after function: String) -> Double? {
    let isAtEnd: (Double) -> Bool
    switch function {
    case "tanh":
      let end = Double(Float(tanh(9.5)))
      isAtEnd = { $0.magnitude >= end }
    case "sigmoid":
      let (low, high) = (1 / (1 + exp(23.0)), Double(Float(1 / (1 + exp(-17.0)))))
      isAtEnd = { $0 <= low || $0 >= high }
    default: return nil
    }
    return share(of: output, where: isAtEnd) { atEnd, all in 2 * atEnd > all }
  }

  /// The share of units whose count of such values is as wanted; NaN without units.
  private static func share(
    of output: Tensor, where holds: (Double) -> Bool, isCounted: (_ count: Int, _ all: Int) -> Bool
  ) -> Double {
    let shape = Array(output.shape)
    guard let axis = shape.count >= 4 ? 1 : shape.indices.last, output.elementCount > 0 else { return .nan }
    let (units, inner) = (shape[axis], shape[(axis + 1)...].reduce(1, *))
    let values = output.packed().array(Double.self)
    var counts = [Int](repeating: 0, count: units)
    for place in values.indices where holds(values[place]) { counts[place / inner % units] += 1 }
    let all = values.count / units
    return Double(counts.count { isCounted($0, all) }) / Double(units)
  }
}
