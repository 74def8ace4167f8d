import TerminalUI
import Testing

/// The labels of a horizontal axis never touch, whatever it shows and however wide it is.
struct AxisLabelTests {
  private static let ranges: [(low: Double, high: Double)] = [
    (1e-7, 10), (1e-8, 1e-6), (1, 3), (1, 12), (1, 480), (1, 12_345), (1, 99_999), (900_000, 2_000_000),
  ]

  /// A label as a number; nil for two that touch.
  private func number(_ label: Substring) -> Double? {
    let plain = String(label.map { $0 == "−" ? "-" : $0 })
    let factor = plain.hasSuffix("k") ? 1e3 : plain.hasSuffix("M") ? 1e6 : 1
    return Double(factor == 1 ? plain : String(plain.dropLast())).map { $0 * factor }
  }

  @Test(arguments: ranges.indices, [false, true])
  func labelsDoNotTouch(_ range: Int, isLogarithmic: Bool) {
    let (low, high) = Self.ranges[range]
    var chart = LineChart([
      ChartSeries(
        "a", points: [ChartPoint(x: low, y: 1), ChartPoint(x: high, y: 2)], style: .plain)
    ])
    chart.isStepLogarithmic = isLogarithmic
    for width in 20...200 {
      let row = lines(chart, width, 20).last ?? ""
      let numbers = row.split(separator: " ").map(number)
      #expect(numbers.allSatisfy { $0 != nil }, "\(width): \(row)")
      let known = numbers.compactMap(\.self)
      #expect(zip(known, known.dropFirst()).allSatisfy(<), "\(width): \(row)")
    }
  }
}
