import TerminalUI
import Testing

struct HistogramTests {
  @Test func columnsStandOnAnAxisWithItsEdgesAndZero() {
    #expect(
      lines(Histogram(counts: [1, 4, 8, 2, 0], low: -0.4, high: 0.6), 15, 3) == [
        "      ███",
        "▂▂▂██████▄▄▄",
        "−0.40 0    0.60",
      ])
  }

  @Test func binsBeyondTheColumnsAreAddedUp() {
    #expect(lines(Histogram(counts: [1, 1, 4, 4], low: 0, high: 1), 2, 1) == ["▂█"])
  }

  @Test func aSingleValueAmongManyIsStillSeen() {
    #expect(lines(Histogram(counts: [1_000_000, 1], low: 0, high: 1), 2, 1) == ["█▁"])
    #expect(lines(Histogram(counts: [999, 9], low: 0, high: 1, isLogarithmic: true), 2, 1) == ["█▃"])
  }

  @Test func withoutValuesItSaysSo() {
    #expect(lines(Histogram(counts: [], low: 0, high: 1), 10, 2) == ["no values", ""])
    #expect(lines(Histogram(counts: [0, 0], low: .nan, high: .nan), 10, 1) == ["no values"])
  }

  @Test func aHistogramStaysInItsArea() {
    #expect(staysInside(Histogram(counts: [3, 1, 2, -5], low: -.infinity, high: .nan)))
    #expect(staysInside(Histogram(counts: [3, 1, 2], low: -1, high: 1)))
  }
}
