import Autograd
import Trace

/// One number of a tensor, computed alone, since a breakpoint asks for it at every step.
///
/// As in PyTorch a NaN anywhere makes the norm, the extremes, the mean and the deviation NaN.
package enum TensorMeasure {
  /// The measure of a tensor's values, in double precision.
  package static func value(_ measure: Condition.Measure, of tensor: Tensor) -> Double {
    switch measure {
    case .dead: return UnitMeasure.deadShare(of: tensor)
    case .saturated:
      return tensor.node.flatMap { UnitMeasure.saturatedShare(of: tensor, after: $0.operation.name) } ?? .nan
    case .norm, .min, .max, .mean, .std, .zeros, .nan, .inf, .vanishing: break
    }
    let packed = tensor.packed()
    return withExtendedLifetime(packed) {
      switch packed.dtype {
      case .float32: value(measure, of: packed, UnsafeBufferPointer(packed.values(Float.self)))
      case .float64: value(measure, of: packed, UnsafeBufferPointer(packed.values(Double.self)))
      case .int64, .bool:
        packed.array(Double.self).withUnsafeBufferPointer { value(measure, of: packed, $0) }
      }
    }
  }

  /// Whether no value is NaN or infinite.
  package static func isFinite(_ tensor: Tensor) -> Bool {
    guard tensor.dtype.isFloatingPoint else { return true }
    let packed = tensor.packed()
    return withExtendedLifetime(packed) {
      packed.dtype == .float32
        ? isFinite(UnsafeBufferPointer(packed.values(Float.self)))
        : isFinite(UnsafeBufferPointer(packed.values(Double.self)))
    }
  }

  private static func value<S: FloatingScalar>(
    _ measure: Condition.Measure, of tensor: Tensor, _ values: UnsafeBufferPointer<S>
  ) -> Double {
    let count = Double(values.count)
    switch measure {
    case .norm: return tensor.sumOfSquares.squareRoot()
    case .min: return extreme(values) { $1 < $0 }
    case .max: return extreme(values) { $1 > $0 }
    case .mean: return sum(values) { $0 } / count
    case .std:
      let mean = sum(values) { $0 } / count
      return (sum(values) { ($0 - mean) * ($0 - mean) } / count).squareRoot()
    case .zeros: return values.isEmpty ? 0 : Double(number(values) { $0 == 0 }) / count
    case .nan: return Double(number(values) { $0 != $0 })
    case .inf: return Double(number(values) { $0.magnitude == .infinity })
    case .vanishing: return sum(values) { $0.magnitude } / count < 1e-7 ? 1 : 0
    case .dead, .saturated: return .nan
    }
  }

  /// A sum with four running totals, which the processor can add to at once.
  @inline(__always)
  private static func sum<S: FloatingScalar>(
    _ values: UnsafeBufferPointer<S>, _ term: (Double) -> Double
  ) -> Double {
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    let whole = values.count & ~3
    var place = 0
    while place < whole {
      a += term(Double(values[place]))
      b += term(Double(values[place + 1]))
      c += term(Double(values[place + 2]))
      d += term(Double(values[place + 3]))
      place += 4
    }
    while place < values.count {
      a += term(Double(values[place]))
      place += 1
    }
    return (a + b) + (c + d)
  }

  @inline(__always)
  private static func extreme<S: FloatingScalar>(
    _ values: UnsafeBufferPointer<S>, _ isMore: (S, S) -> Bool
  ) -> Double {
    guard var best = values.first else { return .nan }
    for value in values {
      if value.isNaN { return .nan }
      if isMore(best, value) { best = value }
    }
    return Double(best)
  }

  @inline(__always)
  private static func number<S: FloatingScalar>(
    _ values: UnsafeBufferPointer<S>, _ holds: (S) -> Bool
  ) -> Int {
    var count = 0
    for value in values { count += holds(value) ? 1 : 0 }
    return count
  }

  private static func isFinite<S: FloatingScalar>(_ values: UnsafeBufferPointer<S>) -> Bool {
    number(values) { !($0.magnitude < .infinity) } == 0
  }
}
