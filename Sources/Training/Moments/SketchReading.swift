import Autograd
import Trace

extension Tensor {
  /// How its values are spread; nil of a single value, and where none is finite.
  var sketch: ValueSketch? {
    guard elementCount > 1 else { return nil }
    let packed = packed()
    return withExtendedLifetime(packed) {
      switch dtype {
      case .float32:
        let values = packed.values(Float.self)
        return ValueSketch(values.count) { values[$0] }
      case .float64:
        let values = packed.values(Double.self)
        return ValueSketch(values.count) { Float(values[$0]) }
      case .int64:
        let values = packed.values(Int64.self)
        return ValueSketch(values.count) { Float(values[$0]) }
      case .bool:
        let values = packed.values(Bool.self)
        return ValueSketch(values.count) { values[$0] ? 1 : 0 }
      }
    }
  }
}
