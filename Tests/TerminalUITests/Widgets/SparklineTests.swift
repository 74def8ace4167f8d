import TerminalUI
import Testing

struct SparklineTests {
  @Test func decadesAreEquallyHigh() {
    #expect(Sparkline.heights([1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]) == [0, 1, 2, 3, 4, 5, 6, 7])
  }

  @Test func noiseStaysInTheMiddle() {
    let heights = Sparkline.heights([1, 1.1, 0.95]).compactMap { $0 }
    #expect(heights.allSatisfy { (3...4).contains($0) })
  }

  @Test func zeroAndWhatIsNotFiniteHaveSignsOfTheirOwn() {
    #expect(lines(Sparkline([1e-7, 0, nil, .nan, 1]), 6, 1) == [" ▁· ×█"])
    #expect(lines(Sparkline([1e-7, .infinity, 1]), 3, 1, asciiOnly) == ["_x#"])
  }

  @Test func theNewestValuesAreShown() {
    #expect(lines(Sparkline([1e9, 1e9, 1e-7, 1]), 2, 1) == ["▁█"])
    #expect(staysInside(Sparkline([1, 2, 3, .nan, nil, 0])))
  }
}
