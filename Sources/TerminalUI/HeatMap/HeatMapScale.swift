import Numbers

/// Which values a heat map's colours stand for.
package struct HeatMapScale: Hashable, Sendable {
  /// How the ends of the scale are found.
  package enum Rule: Hashable, Sendable {
    /// From the smallest to the greatest finite value.
    case full
    /// That many standard deviations to either side; beyond them values are clipped and marked.
    case deviations(Float)
    /// Between these two numbers; beyond them values are clipped and marked.
    case fixed(Float, Float)
    /// From the smallest to the greatest finite value, so that each decade takes as many colours as the next:
    /// three decades away from zero, to both sides where the values have both signs.
    case logarithmic
  }

  /// How one value is drawn: a level of the colours, or a mark.
  enum Shade: Hashable {
    /// A colour, from 0 to one less than the number of levels.
    case level(Int)
    /// Below the scale.
    case below
    /// Above the scale.
    case above
    /// Infinite.
    case infinite
    /// Not a number.
    case notANumber
  }

  /// The value of the first colour.
  package let low: Float
  /// The value of the last colour.
  package let high: Float
  /// Whether zero is in the middle.
  package let isDiverging: Bool
  /// Whether colours stand for decades.
  package let isLogarithmic: Bool

  /// A scale for the finite ones among these values; diverging about zero where the values have both
  /// signs or are all zero, unless that is given.
  package init(_ values: [Float], rule: Rule, isDiverging: Bool? = nil) {
    self.init(HeatMapSpread(values), rule: rule, isDiverging: isDiverging)
  }

  /// A scale for values of that spread.
  package init(_ statistics: HeatMapSpread, rule: Rule, isDiverging: Bool? = nil) {
    // Zeros alone have the colour of zero.
    let diverging =
      isDiverging
      ?? (statistics.low < 0 && statistics.high > 0 || statistics.low == 0 && statistics.high == 0)
    self.isDiverging = diverging
    isLogarithmic = rule == .logarithmic
    switch rule {
    case .fixed(let low, let high):
      if diverging {
        let limit = max(low.magnitude, high.magnitude)
        (self.low, self.high) = (-limit, limit)
      } else {
        (self.low, self.high) = (min(low, high), max(low, high))
      }
    case .full, .deviations, .logarithmic:
      var (low, high) = (statistics.low, statistics.high)
      if case .deviations(let count) = rule {
        let center = diverging ? 0 : statistics.mean
        let spread = count * (diverging ? statistics.rootMeanSquare : statistics.deviation)
        // A spread of 0 would clip everything that differs.
        if spread > 0, spread.isFinite {
          (low, high) = (max(low, center - spread), min(high, center + spread))
        }
      }
      let limit = max(low.magnitude, high.magnitude)
      (self.low, self.high) = diverging ? (-limit, limit) : (low, high)
    }
  }

  /// How that value is drawn.
  func shade(_ value: Float) -> Shade {
    if value.isNaN { return .notANumber }
    if value.isInfinite { return .infinite }
    if value < low { return .below }
    if value > high { return .above }
    let part = part(value)
    return .level(
      Int(bounded: (part * Float(ColorMap.levelCount - 1)).rounded(), to: 0...ColorMap.levelCount - 1))
  }

  /// Where the value lies between the ends, 0 to 1.
  func part(_ value: Float) -> Float {
    // Halves, because the span of the greatest numbers overflows.
    let span = high / 2 - low / 2
    guard span > 0 else { return isDiverging ? 0.5 : 0 }
    let part = min(1, max(0, (value / 2 - low / 2) / span))
    guard isLogarithmic else { return part }
    if isDiverging { return 0.5 + (part < 0.5 ? -1 : 1) * Self.decades((part - 0.5).magnitude * 2) / 2 }
    // Decades are counted from the end that is nearer to zero.
    return high > 0 ? Self.decades(part) : 1 - Self.decades(1 - part)
  }

  /// A part of the way from zero as a part of three decades.
  private static func decades(_ part: Float) -> Float {
    Float(Logarithm.decimal(1 + 1000 * Double(part)) / Logarithm.decimal(1001))
  }
}

/// The extremes and the spread of the finite ones among some values.
package struct HeatMapSpread: Hashable, Sendable {
  /// The smallest.
  package var low: Float = 0
  /// The greatest.
  package var high: Float = 0
  /// The mean.
  package var mean: Float = 0
  /// The standard deviation.
  package var deviation: Float = 0
  /// The root of the mean square.
  package var rootMeanSquare: Float = 0

  /// A spread that is known.
  package init(low: Float, high: Float, mean: Float, deviation: Float, rootMeanSquare: Float) {
    self.low = low
    self.high = high
    self.mean = mean
    self.deviation = deviation
    self.rootMeanSquare = rootMeanSquare
  }

  /// The spread of these values; all zero where none is finite.
  package init(_ values: [Float]) {
    var low = Float.infinity
    var high = -Float.infinity
    var count = 0.0
    var sum = 0.0
    var squares = 0.0
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
      count += 1
      sum += Double(value)
      squares += Double(value) * Double(value)
    }
    guard count > 0 else { return }
    self.low = low
    self.high = high
    let mean = sum / count
    self.mean = Float(mean)
    deviation = Float(max(0, squares / count - mean * mean).squareRoot())
    rootMeanSquare = Float((squares / count).squareRoot())
  }
}
