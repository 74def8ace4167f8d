import Autograd
import Trace

/// Counts in what an activation function gives, unit by unit, how many numbers are active and how many are saturated.
enum UnitReading {
  /// Where the functions that saturate do so, in their inputs.
  private static let saturation: [String: ClosedRange<Double>] = [
    "tanh": -9.5...9.5, "sigmoid": -23...17,
  ]

  /// The units of an operator; nil where it is not an activation function.
  static func units(of entry: Tape.Forward) -> UnitFacts? {
    units(of: entry.operation.name, input: entry.inputs.first, output: entry.output)
  }

  /// The units of an operator by its name; nil where it is not an activation function, or its tensors are not known.
  static func units(of operation: String, input: Tensor?, output: Tensor) -> UnitFacts? {
    let limits = saturation[operation]
    guard operation == "relu" || limits != nil,
      let active = UnitCount.counts(in: output, outside: UnitCount.inactivity)
    else { return nil }
    var units = UnitFacts(count: active.each, active: active.counts)
    if let limits {
      guard let input, let beyond = UnitCount.counts(in: input, outside: limits) else {
        return nil
      }
      units.saturated = beyond.counts
    }
    return units
  }
}
