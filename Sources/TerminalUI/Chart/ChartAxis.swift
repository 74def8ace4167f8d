import Numbers

/// An axis of a chart: its ticks are at equal distances, each in the middle of a row or a column of the screen.
///
/// On a logarithmic axis they are at 1, 2 and 5 times the powers of ten where there is room for them, each in the row
/// that is nearest; on a short one at multiples of a tidy number.
package struct ChartAxis: Hashable, Sendable {
  /// A marked value.
  package struct Tick: Hashable, Sendable {
    /// The row or column, from the start of the axis.
    package let place: Int
    /// The value there.
    package let value: Double
    /// The text beside the axis.
    package let label: String
  }

  /// The ticks, from the start of the axis on.
  package let ticks: [Tick]
  private let grid: Grid
  /// Whether values that are not above 0 have no place.
  private let isLogarithmic: Bool

  /// An axis over that many rows or columns, on which all finite values between the least and the greatest have a place.
  ///
  /// - Parameters:
  ///   - values: What it shows; what is not finite, or on a logarithmic axis not above 0, has no place on it.
  ///   - places: The rows or columns.
  ///   - gaps: How many places apart two ticks may be.
  ///   - isLogarithmic: Whether equal distances are equal ratios.
  ///   - isWhole: Whether only whole numbers get a tick.
  ///   - top: The greatest value that there can be, beyond which there is no tick; nil for none.
  package init(
    showing values: some Sequence<Double>, places: Int, gaps: ClosedRange<Int>, isLogarithmic: Bool = false,
    isWhole: Bool = false, top: Double? = nil
  ) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite && (!isLogarithmic || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    if low > high { (low, high) = (isLogarithmic ? 0.1 : 0, 1) }
    self.isLogarithmic = isLogarithmic
    if isLogarithmic, low == high, ChartAxis.ordinary.contains(low) { (low, high) = (low / 2, high * 2) }
    if isLogarithmic, high >= low * 5 || high > ChartAxis.limit && high >= low * 2 {
      grid = Grid(Logarithm.decimal(low), Logarithm.decimal(high), places, gaps, steps: .ratios)
    } else if isLogarithmic, high >= low * ChartAxis.leastRatio, ChartAxis.ordinary.contains(low) {
      grid = Grid(shortFrom: low, to: high, places, gaps.lowerBound, isWhole: isWhole)
    } else {
      let least = low
      (low, high) = ChartAxis.room(low, high, isWhole: isWhole)
      if isLogarithmic, low <= 0 { low = min(least, ChartAxis.limit) }
      grid = Grid(low, high, places, gaps, steps: isWhole ? .wholeNumbers : .numbers, top: top)
    }
    ticks = isLogarithmic ? grid.ticks.filter { $0.value > 0 } : grid.ticks
  }

  /// Where a value is, in places from the start; it may lie off the axis. Nil where it has no place.
  package func place(_ value: Double) -> Double? {
    guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
    return grid.place(grid.steps == .ratios ? Logarithm.decimal(value) : value)
  }

  /// The value at a place.
  package func value(_ place: Int) -> Double {
    let value = grid.value(place)
    return grid.steps == .ratios ? Logarithm.inverseDecimal(value) : value
  }

  /// Greater numbers have no tidy ticks.
  private static let limit = 1e300
  /// Numbers of which half and twice are neither too small nor too great for ticks.
  private static let ordinary = 1e-300...limit / 10
  /// In a smaller range, equal ratios are equal differences as far as is seen.
  private static let leastRatio = 1.01

  /// A range that is not empty, and begins at 0 where 0 is near. Values that are never below 0 keep an axis that is not.
  private static func room(_ low: Double, _ high: Double, isWhole: Bool) -> (Double, Double) {
    var (low, high) = (min(limit, max(-limit, low)), min(limit, max(-limit, high)))
    if low == high {
      if isWhole || low == 0 { return (low, low + 1) }
      return (min(0, 2 * low), max(0, 2 * low))
    }
    let least = max(low.magnitude, high.magnitude) * 1e-9
    if high - low < least { (low, high) = (low - least, high + least) }
    return (low > 0 && low < (high - low) / 3 ? 0 : low, high)
  }
}

/// The places of an axis: `gap` places make a step from tick to tick.
private struct Grid: Hashable {
  /// Which steps there may be from tick to tick.
  enum Steps {
    case numbers
    case wholeNumbers
    /// Steps of a decimal logarithm: a power of ten, divided at 2 and 5 where there is room, and more than one.
    case ratios
  }

  let steps: Steps
  private let places: Int
  private let step: Double
  private let gap: Int
  /// The first place, counted in places from the value 0.
  private let first: Double
  /// The greatest value that gets a tick.
  private let top: Double
  /// Where the ticks of one power of ten are, as multiples of it.
  private var parts: [Double] = [1]
  /// On a logarithmic axis too short for powers of ten: its ticks are multiples of it.
  private var multiple: Double?
  private var hasTicks = true

  /// Numbers of places in which a power of ten, twice it and five times it are near the middle of a place.
  private static let decades = [2, 3, 4, 6, 7, 10, 13, 16, 20, 26, 33, 40, 50, 60, 80, 100, 130, 160, 200]

  /// The grid with the widest scale that shows both ends. Few ticks count as a
  /// smaller scale.
  init(
    _ low: Double, _ high: Double, _ places: Int, _ gaps: ClosedRange<Int>, steps: Steps, top: Double? = nil
  ) {
    self.steps = steps
    self.places = max(1, places)
    self.top = (top ?? .infinity) * (1 + 1e-9)
    let room = max(1, places - 1)
    let decade =
      steps != .ratios
      ? nil
      : Grid.decades.last { gap in
        gap >= gaps.lowerBound
          && (low * Double(gap) + 1e-9).rounded(.down) + Double(room) >= high * Double(gap) - 1e-6
      }
    if let decade {
      (step, gap, first) = (1, decade, (low * Double(decade) + 1e-9).rounded(.down))
      let nearest = Int((Double(decade) * Logarithm.decimal(2)).rounded())
      if nearest >= gaps.lowerBound { parts = [1, 2, 5] }
      return
    }
    var best: (cost: Double, step: Double, gap: Int, first: Double)?
    for gap in min(gaps.lowerBound, room)...min(gaps.upperBound, max(room, gaps.lowerBound)) {
      var step = Grid.step(atLeast: (high - low) / Double(room) * Double(gap), steps)
      func first() -> Double { (low * Double(gap) / step + 1e-9).rounded(.down) }
      // The start of the axis is moved to a place, which may leave too little room at its end.
      for _ in 0..<3 where (first() + Double(room)) * step < high * Double(gap) - step * 1e-6 {
        step = Grid.step(atLeast: step * 1.01, steps)
      }
      let cost = step / Double(gap) * (gap * 2 > room ? 1.25 : gap * 4 > room ? 1.1 : 1)
      if best.map({ cost < $0.cost * (1 - 1e-9) }) ?? true { best = (cost, step, gap, first()) }
    }
    let (step, gap) = (best?.step ?? 1, best?.gap ?? 1)
    if steps == .ratios, let best, (best.first + Double(room)) * step < high * Double(gap) - step * 1e-6 {
      // Where no tick fits, both ends do all the same.
      (self.step, self.gap, first) = ((high - low) / Double(room), 1, low * Double(room) / (high - low))
      hasTicks = false
      return
    }
    (self.step, self.gap) = (step, gap)
    first = Grid.first(best?.first ?? 0, endingAt: top.map { $0 * Double(gap) / step }, room)
  }

  /// A logarithmic grid from one number to another, with as many ticks as have `leastGap` places between them.
  init(shortFrom low: Double, to high: Double, _ places: Int, _ leastGap: Int, isWhole: Bool) {
    steps = .ratios
    self.places = max(1, places)
    let room = Double(max(1, places - 1))
    let (start, end) = (Logarithm.decimal(low), Logarithm.decimal(high))
    (step, gap, first, top) = ((end - start) / room, 1, start * room / (end - start), .infinity)
    var multiple = Grid.step(atLeast: (high - low) / room, isWhole ? .wholeNumbers : .numbers)
    while true {
      let places = multiples(of: multiple).map(\.place)
      if zip(places, places.dropFirst()).allSatisfy({ $1 - $0 >= leastGap }) { break }
      multiple = Grid.step(atLeast: multiple * 1.01, isWhole ? .wholeNumbers : .numbers)
    }
    self.multiple = multiple
  }

  /// The multiples of a number on a logarithmic grid, each in the nearest place.
  private func multiples(of number: Double) -> [(place: Int, value: Double)] {
    let ends = [0, places - 1].map { Logarithm.inverseDecimal(value($0)) / number }
    let (low, high) = ((ends[0] - 1e-9).rounded(.up), (ends[1] + 1e-9).rounded(.down))
    guard low <= high else { return [] }
    return stride(from: low, through: high, by: 1).compactMap { count in
      let place = Int(place(Logarithm.decimal(count * number)).rounded())
      return (0..<places).contains(place) ? (place, count * number) : nil
    }
  }

  /// The first place, moved so that the axis ends at its top, but not below 0.
  private static func first(_ first: Double, endingAt top: Double?, _ room: Int) -> Double {
    guard let top, first > 0, first + Double(room) > top else { return first }
    return min(first, max(0, (top - Double(room) - 1e-9).rounded(.up)))
  }

  func place(_ value: Double) -> Double { value * Double(gap) / step - first }

  func value(_ place: Int) -> Double { (first + Double(place)) * step / Double(gap) }

  var ticks: [ChartAxis.Tick] {
    guard hasTicks else { return [] }
    if let multiple {
      let numbers = multiples(of: multiple)
      let largest = numbers.last?.value ?? 0
      return numbers.map {
        ChartAxis.Tick(
          place: $0.place, value: $0.value, label: Grid.label($0.value, step: multiple, largest: largest))
      }
    }
    guard steps != .ratios || step > 1 else { return decadeTicks }
    let numbers = (0..<places).compactMap { place -> (place: Int, count: Double)? in
      let count = (first + Double(place)) / Double(gap)
      return count == count.rounded() ? (place, count) : nil
    }
    let largest = numbers.map { ($0.count * step).magnitude }.max() ?? 0
    return numbers.compactMap { place, count in
      let value = steps == .ratios ? Logarithm.scaled(1, byPowerOfTen: Int(count * step)) : count * step
      guard value <= top else { return nil }
      let label = steps == .ratios ? Grid.label(value) : Grid.label(value, step: step, largest: largest)
      return ChartAxis.Tick(place: place, value: value, label: label)
    }
  }

  /// The ticks of an axis on which `gap` places are a power of ten.
  private var decadeTicks: [ChartAxis.Tick] {
    let lowest = Int((first / Double(gap)).rounded(.down))
    let highest = Int(((first + Double(places)) / Double(gap)).rounded(.up))
    return (lowest...max(lowest, highest)).flatMap { exponent in
      parts.compactMap { part -> ChartAxis.Tick? in
        let distance = (Double(exponent) + Logarithm.decimal(part)) * Double(gap)
        let place = Int((distance - first).rounded())
        guard (0..<places).contains(place) else { return nil }
        let value = Logarithm.scaled(part, byPowerOfTen: exponent)
        return ChartAxis.Tick(place: place, value: value, label: Grid.label(value))
      }
    }
  }

  private static func label(_ value: Double) -> String { NumberText.trimmed(NumberText.measure(value)) }

  /// All steps of numbers, 1, 2 and 5 times each power of ten, from the least on.
  private static let tidy = (-305...308).flatMap { exponent in
    [1.0, 2, 5].map { Logarithm.scaled($0, byPowerOfTen: exponent) }.filter(\.isFinite)
  }

  /// The least step that is not below a number: 1, 2 or 5 times a power of ten.
  private static func step(atLeast least: Double, _ steps: Steps) -> Double {
    if steps == .ratios {
      return [1.0, 2, 3, 5, 10, 20, 50, 100].first { $0 >= least * (1 - 1e-9) } ?? 200
    }
    let least = (steps == .wholeNumbers ? max(1, least) : max(least, 1e-305)) * (1 - 1e-9)
    var (low, high) = (0, tidy.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if tidy[middle] >= least { high = middle } else { low = middle + 1 }
    }
    return tidy[low]
  }

  private static func label(_ value: Double, step: Double, largest: Double) -> String {
    if value == 0 { return "0" }
    switch largest {
    case ..<1e-3, 1e9...:
      let digits = Int((Logarithm.decimal(largest) - Logarithm.decimal(step)).rounded(.down)) + 2
      return NumberText.trimmed(NumberText.scientific(value, digits: digits))
    case 2e6...: return fixed(value / 1e6, step: step / 1e6) + "M"
    case 1e4...: return fixed(value / 1e3, step: step / 1e3) + "k"
    default: return fixed(value, step: step)
    }
  }

  private static func fixed(_ value: Double, step: Double) -> String {
    NumberText.fixed(value, decimals: max(0, -Int(Logarithm.decimal(step * 1.0001).rounded(.down))))
  }
}
