/// Places values along an axis and finds tidy ticks for it.
package struct AxisScale: Hashable, Sendable {
  /// A marked value and its text.
  package struct Tick: Hashable, Sendable {
    /// The value.
    package let value: Double
    /// The text beside the axis.
    package let label: String
  }

  /// The value at the start of the axis.
  package let low: Double
  /// The value at its end; greater than `low`.
  package let high: Double
  /// Whether equal steps along the axis are equal ratios.
  package let isLogarithmic: Bool

  /// An axis from `low` to `high`, made wider where that leaves no room between them.
  ///
  /// Ends that are not finite, or on a logarithmic axis not above 0, are replaced.
  package init(low: Double, high: Double, isLogarithmic: Bool = false) {
    // Far enough inside the greatest number that twice the span does not overflow.
    let limit = Double.greatestFiniteMagnitude / 8
    var low = low.isFinite ? min(limit, max(-limit, low)) : (isLogarithmic ? 1 : 0)
    var high = high.isFinite ? min(limit, max(-limit, high)) : low
    if isLogarithmic {
      low = low > 0 ? max(low, 1e-300) : 1
      high = max(high, low)
      if high < low * 1.001 { (low, high) = (low / 2, high * 2) }
    } else if high <= low {
      let margin = max(low.magnitude / 2, low == 0 ? 1 : 1e-300)
      (low, high) = (low - margin, low + margin)
    }
    self.low = low
    self.high = high
    self.isLogarithmic = isLogarithmic
  }

  /// An axis that shows all finite values with a little margin; on a logarithmic axis those above 0.
  package init(showing values: some Sequence<Double>, isLogarithmic: Bool = false) {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite && (!isLogarithmic || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    guard low <= high else {
      self.init(low: isLogarithmic ? 0.1 : 0, high: 1, isLogarithmic: isLogarithmic)
      return
    }
    if !isLogarithmic, low < high {
      let margin = (high / 2 - low / 2) * 0.08
      // A curve that never goes below 0 keeps an axis that does not, and starts there where 0 is near.
      low = low < 0 ? low - margin : low - margin < margin * 3 ? 0 : low - margin
      high += margin
    }
    self.init(low: low, high: high, isLogarithmic: isLogarithmic)
  }

  /// Where the value is, 0 at the start and 1 at the end; beyond that it is off the axis.
  ///
  /// Nil where it has no place: not finite, or not above 0 on a logarithmic axis.
  package func position(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    guard isLogarithmic else { return (value - low) / (high - low) }
    guard value > 0 else { return nil }
    let start = Logarithm.decimal(low)
    return (Logarithm.decimal(value) - start) / (Logarithm.decimal(high) - start)
  }

  /// At most about `count` ticks at tidy values: 1, 2 or 5 times a power of ten.
  package func ticks(count: Int) -> [Tick] {
    guard count > 0 else { return [] }
    return isLogarithmic ? logarithmicTicks(count) : linearTicks(count)
  }

  private func linearTicks(_ count: Int) -> [Tick] {
    let step = Self.tidyStep((high - low) / Double(count))
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    guard first.isFinite, last.isFinite, last >= first, last - first < 1000 else { return [] }
    let largest = max(first.magnitude, last.magnitude) * step
    return (0...Int(last - first)).map { index in
      let value = (first + Double(index)) * step
      return Tick(value: value, label: Self.label(value, step: step, largest: largest))
    }
  }

  /// The smallest of 1, 2 and 5 times a power of ten that is not below `step`.
  static func tidyStep(_ step: Double) -> Double {
    guard step > 0, step.isFinite else { return 1 }
    let exponent = Int(Logarithm.decimal(step).rounded(.down))
    for factor in [1.0, 2, 5, 10] {
      let tidy = Logarithm.scaled(factor, byPowerOfTen: exponent)
      if tidy >= step * (1 - 1e-9) { return tidy }
    }
    return Logarithm.scaled(10, byPowerOfTen: exponent)
  }

  private static func label(_ value: Double, step: Double, largest: Double) -> String {
    if value == 0 { return "0" }
    switch largest {
    case ..<1e-3, 1e9...: return NumberText.trimmed(NumberText.scientific(value, digits: 3))
    case 2e6...: return fixed(value / 1e6, step: step / 1e6) + "M"
    case 1e4...: return fixed(value / 1e3, step: step / 1e3) + "k"
    default: return fixed(value, step: step)
    }
  }

  private static func fixed(_ value: Double, step: Double) -> String {
    NumberText.fixed(value, decimals: max(0, -Int(Logarithm.decimal(step * 1.0001).rounded(.down))))
  }

  private func logarithmicTicks(_ count: Int) -> [Tick] {
    let first = Int(Logarithm.decimal(low).rounded(.down))
    let last = Int(Logarithm.decimal(high).rounded(.up))
    let decades = Logarithm.decimal(high) - Logarithm.decimal(low)
    let factors: [Double] = decades * 3 <= Double(count) ? [1, 2, 5] : [1]
    let stride = max(1, Int((decades / Double(count)).rounded(.up)))
    let ticks = Swift.stride(from: first, through: last, by: stride).flatMap { exponent in
      factors.map { Logarithm.scaled($0, byPowerOfTen: exponent) }
    }.filter { $0 >= low * 0.999_999 && $0 <= high * 1.000_001 }
    guard ticks.count >= 2 || count < 2 else {
      // Less than a decade with no tidy power inside: ticks at equal distances serve better.
      return AxisScale(low: low, high: high).linearTicks(count).filter { $0.value > 0 }
    }
    return ticks.map { Tick(value: $0, label: NumberText.trimmed(NumberText.significant($0, digits: 1))) }
  }
}
