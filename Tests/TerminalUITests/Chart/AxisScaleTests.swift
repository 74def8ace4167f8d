import TerminalUI
import Testing

struct AxisScaleTests {
  private func labels(_ low: Double, _ high: Double, _ count: Int, log: Bool = false) -> [String] {
    AxisScale(low: low, high: high, isLogarithmic: log).ticks(count: count).map(\.label)
  }

  @Test func ticksAreOneTwoOrFiveTimesAPowerOfTen() {
    #expect(labels(0, 2.3, 5) == ["0", "0.5", "1.0", "1.5", "2.0"])
    #expect(labels(0, 599, 7) == ["0", "100", "200", "300", "400", "500"])
    #expect(labels(-0.013, 0.022, 4) == ["−0.01", "0", "0.01", "0.02"])
  }

  @Test func largeAndSmallNumbersAreShort() {
    #expect(labels(0, 50_000, 5) == ["0", "10k", "20k", "30k", "40k", "50k"])
    #expect(labels(0, 3_000_000, 3) == ["0", "1M", "2M", "3M"])
    #expect(labels(0, 4e-5, 4) == ["0", "1e−5", "2e−5", "3e−5", "4e−5"])
  }

  @Test func aLogarithmicAxisHasPowersOfTen() {
    #expect(labels(1e-5, 10, 4, log: true) == ["1e−5", "0.001", "0.1", "10"])
    #expect(labels(0.05, 3, 7, log: true) == ["0.05", "0.1", "0.2", "0.5", "1", "2"])
    #expect(labels(0.3, 0.4, 4, log: true).count > 1)
  }

  @Test func valuesThatAreNotFiniteLeaveTheAxisAlone() {
    let axis = AxisScale(showing: [1, .nan, 3, .infinity, -.infinity])
    #expect(axis.low == 0.92 && axis.high == 3.08)
  }

  @Test func aLogarithmicAxisLeavesOutWhatIsNotAboveZero() {
    let axis = AxisScale(showing: [-1, 0, 0.1, 10], isLogarithmic: true)
    #expect(axis.low == 0.1 && axis.high == 10)
    #expect(axis.position(0) == nil)
    #expect(axis.position(-1) == nil)
    #expect(axis.position(1).map { ($0 * 1000).rounded() } == 500)
  }

  @Test func anAxisThatShowsOnlyPositiveValuesStaysAboveZero() {
    #expect(AxisScale(showing: [0, 1]).low == 0)
    #expect(AxisScale(showing: [-1, 1]).low < -1)
  }

  @Test func everyAxisHasRoomBetweenItsEnds() {
    let ends: [Double] = [
      0, 1, -1, 1e-300, .leastNonzeroMagnitude, 1e308, -1e308, .greatestFiniteMagnitude, .nan, .infinity,
      -.infinity,
    ]
    for low in ends {
      for high in ends {
        for isLogarithmic in [false, true] {
          let axis = AxisScale(low: low, high: high, isLogarithmic: isLogarithmic)
          #expect(axis.low < axis.high && axis.low.isFinite && axis.high.isFinite)
          #expect(axis.ticks(count: 5).count < 40)
          #expect(axis.position(axis.low) == 0)
        }
      }
    }
  }
}
