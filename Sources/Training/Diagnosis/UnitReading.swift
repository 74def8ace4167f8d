import Autograd
import Trace

/// Counts in what an activation function gives, unit by unit, how many numbers are active and how many are saturated.
enum UnitReading {
  /// The magnitude from which on a number is active; that of TheDeepChecker.
  private static let activity = 1e-5

  /// Where the functions that saturate do so, in their inputs.
  private static let saturation: [String: ClosedRange<Double>] = [
    "tanh": -9.5...9.5, "sigmoid": -23...17,
  ]

  /// The units of an operator; nil where it is no activation function.
  static func units(of entry: Tape.Forward) -> UnitFacts? {
    units(of: entry.operation.name, input: entry.inputs.first, output: entry.output)
  }

  /// The units of an operator by its name; nil where it is no activation function, or its tensors are not known.
  static func units(of operation: String, input: Tensor?, output: Tensor) -> UnitFacts? {
    if operation == "relu" { return count(output, limits: nil) }
    guard let limits = saturation[operation], let input, var units = count(output, limits: nil),
      let beyond = count(input, limits: limits)
    else { return nil }
    units.saturated = beyond.saturated
    return units
  }

  /// Counts by unit: the channels of an image, which are its second axis; elsewhere the last axis.
  private static func count(_ tensor: Tensor, limits: ClosedRange<Double>?) -> UnitFacts? {
    let packed = tensor.packed()
    let shape = Array(packed.shape)
    guard let axis = shape.count >= 4 ? 1 : shape.indices.last, packed.elementCount > 0 else { return nil }
    let inner = shape[(axis + 1)...].reduce(1, *)
    return withExtendedLifetime(packed) {
      switch packed.dtype {
      case .float32: count(UnsafeBufferPointer(packed.values(Float.self)), shape[axis], inner, limits)
      case .float64: count(UnsafeBufferPointer(packed.values(Double.self)), shape[axis], inner, limits)
      case .int64, .bool: nil
      }
    }
  }

  @inline(__always)
  private static func count<S: FloatingScalar>(
    _ values: UnsafeBufferPointer<S>, _ units: Int, _ inner: Int, _ limits: ClosedRange<Double>?
  ) -> UnitFacts {
    var counts = [Int](repeating: 0, count: units)
    var place = 0
    while place < values.count {
      for unit in 0..<units {
        for number in values[place..<place + inner] {
          let value = Double(number)
          let isCounted = limits.map { !$0.contains(value) } ?? !(value.magnitude < activity)
          if isCounted { counts[unit] += 1 }
        }
        place += inner
      }
    }
    let each = values.count / max(1, units)
    return limits == nil
      ? UnitFacts(count: each, active: counts) : UnitFacts(count: each, active: [], saturated: counts)
  }
}
