/// A row of the tables, tried: what it makes of some numbers by hand, and what the engine makes of them.
package struct LessonTrial: Sendable, Equatable {
  /// Numbers with a name and a shape.
  package struct Array: Sendable, Equatable {
    /// What it is called, `x`.
    package var name: String
    /// The sizes of its dimensions.
    package var shape: [Int]
    /// Its numbers in row-major order.
    package var values: [Double]

    /// Numbers of a shape.
    package init(name: String, shape: [Int], values: [Double]) {
      (self.name, self.shape, self.values) = (name, shape, values)
    }
  }

  /// The row's name, `softmax`.
  package var row: String
  /// What it was given.
  package var operands: [Array]
  /// What plain arrays make of it.
  package var byHand: Array
  /// What the engine makes of it.
  package var engine: Array

  /// A row tried on numbers.
  package init(row: String, operands: [Array], byHand: Array, engine: Array) {
    (self.row, self.operands, self.byHand, self.engine) = (row, operands, byHand, engine)
  }

  /// The greatest difference of any number; NaN where the shapes differ.
  package var difference: Double {
    guard byHand.shape == engine.shape, byHand.values.count == engine.values.count else { return .nan }
    return zip(byHand.values, engine.values).reduce(0) { greatest, pair in
      pair.0 == pair.1 ? greatest : max(greatest, abs(pair.0 - pair.1))
    }
  }

  /// Whether both are the same but for rounding in single precision.
  package var agrees: Bool {
    let size = byHand.values.reduce(1) { max($0, abs($1)) }
    return difference <= 1e-5 * size
  }
}
