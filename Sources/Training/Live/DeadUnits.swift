import Autograd
import Trace

/// Counts the units that are 0 for a whole batch.
enum DeadUnits {
  /// The share of the units behind all ReLUs of a step whose output is 0 for every sample; nil without a ReLU.
  static func share(of tape: Tape) -> Double? {
    var (dead, all) = (0, 0)
    for entry in tape.forward where entry.operation.name == "relu" {
      let count = count(entry.output)
      dead += count.dead
      all += count.all
    }
    return all == 0 ? nil : Double(dead) / Double(all)
  }

  /// How many units of an output are 0 everywhere, and how many there are. The units of an image are its channels, which
  /// are its second axis; elsewhere they are the last axis.
  static func count(_ output: Tensor) -> (dead: Int, all: Int) {
    let packed = output.packed()
    let shape = Array(packed.shape)
    guard let axis = shape.count >= 4 ? 1 : shape.indices.last, packed.elementCount > 0 else { return (0, 0) }
    let inner = shape[(axis + 1)...].reduce(1, *)
    return withExtendedLifetime(packed) {
      switch packed.dtype {
      case .float32: count(UnsafeBufferPointer(packed.values(Float.self)), units: shape[axis], inner: inner)
      case .float64: count(UnsafeBufferPointer(packed.values(Double.self)), units: shape[axis], inner: inner)
      case .int64, .bool: (0, 0)
      }
    }
  }

  private static func count<S: FloatingScalar>(
    _ values: UnsafeBufferPointer<S>, units: Int, inner: Int
  ) -> (dead: Int, all: Int) {
    var isAlive = [Bool](repeating: false, count: units)
    var place = 0
    while place < values.count {
      for unit in 0..<units {
        if !isAlive[unit] {
          isAlive[unit] = values[place..<place + inner].contains { $0 != 0 }
        }
        place += inner
      }
    }
    return (isAlive.count { !$0 }, units)
  }
}

/// The squared Euclidean distance of two tensors of one shape.
enum SquaredDistance {
  /// The sum of the squared differences, in double precision and without a tensor in between.
  static func between(_ left: Tensor, _ right: Tensor) -> Double {
    let (left, right) = (left.packed(), right.packed())
    return withExtendedLifetime((left, right)) {
      left.dtype == .float32
        ? sum(UnsafeBufferPointer(left.values(Float.self)), UnsafeBufferPointer(right.values(Float.self)))
        : sum(UnsafeBufferPointer(left.values(Double.self)), UnsafeBufferPointer(right.values(Double.self)))
    }
  }

  @inline(__always)
  private static func sum<S: FloatingScalar>(
    _ left: UnsafeBufferPointer<S>, _ right: UnsafeBufferPointer<S>
  ) -> Double {
    // Four running totals, which the processor can add to at once.
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    let count = min(left.count, right.count)
    var place = 0
    func square(_ place: Int) -> Double {
      let difference = Double(left[place]) - Double(right[place])
      return difference * difference
    }
    while place < count & ~3 {
      a += square(place)
      b += square(place + 1)
      c += square(place + 2)
      d += square(place + 3)
      place += 4
    }
    while place < count {
      a += square(place)
      place += 1
    }
    return (a + b) + (c + d)
  }
}
