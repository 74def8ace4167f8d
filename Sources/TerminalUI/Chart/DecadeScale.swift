import Numbers

/// A logarithmic scale of whole decades, for magnitudes.
package struct DecadeScale: Hashable, Sendable {
  /// The exponent of the power of ten at its start.
  package let low: Int
  /// The exponent of the power of ten at its end; greater than `low`.
  package let high: Int

  /// The decades that hold all magnitudes above 0; at most the lowest nine that hold the greatest.
  package init(showing values: [Double]) {
    let magnitudes = values.map(\.magnitude).filter { $0.isFinite && $0 > 0 }
    guard let least = magnitudes.min(), let greatest = magnitudes.max() else {
      (low, high) = (-1, 0)
      return
    }
    high = Int(Logarithm.decimal(greatest).rounded(.up))
    // One decade of room, so that the shortest bar is seen.
    low = max(high - 9, min(high, Int(Logarithm.decimal(least).rounded(.down))) - 1)
  }

  /// Where a magnitude above 0 is: 0 at the start and 1 at the end.
  package func position(_ magnitude: Double) -> Double {
    (Logarithm.decimal(magnitude) - Double(low)) / Double(high - low)
  }

  /// Powers of ten, each `stride` decades from the one before, with their positions and texts.
  package func ticks(every stride: Int) -> [(position: Double, label: String)] {
    Swift.stride(from: low, through: high, by: max(1, stride)).map { exponent in
      let value = Logarithm.scaled(1, byPowerOfTen: exponent)
      return (
        Double(exponent - low) / Double(high - low),
        NumberText.trimmed(NumberText.significant(value, digits: 1))
      )
    }
  }
}
