import TerminalUI
import Testing

struct SparklineTests {
  @Test func columnsRunFromTheSmallestToTheGreatest() {
    #expect(lines(Sparkline([0, 1, 2, 3, 4, 5, 6, 7]), 8, 1) == ["▁▂▃▄▅▆▇█"])
    #expect(lines(Sparkline([0, 7]), 2, 2) == [" █", "▁█"])
  }

  @Test func theNewestValuesStandAtTheRight() {
    #expect(lines(Sparkline([9, 0, 7]), 2, 1) == ["▁█"])
    #expect(lines(Sparkline([0, 7]), 4, 1) == ["  ▁█"])
  }

  @Test func whatIsNotFiniteIsMarkedAndLeavesTheScaleAlone() {
    #expect(lines(Sparkline([0, .nan, 7, .infinity]), 4, 1) == ["▁×█×"])
    #expect(lines(Sparkline([.nan]), 1, 1) == ["×"])
  }

  @Test func equalValuesAreFlat() { #expect(lines(Sparkline([3, 3]), 2, 1) == ["▁▁"]) }

  @Test func noValuesDrawNothing() { #expect(lines(Sparkline([]), 3, 1) == [""]) }

  @Test func theFloorCanBeGiven() { #expect(lines(Sparkline([4, 8], floor: 0), 2, 1) == ["▅█"]) }

  @Test func aSparklineStaysInItsArea() {
    #expect(staysInside(Sparkline([1, .nan, -.greatestFiniteMagnitude, .greatestFiniteMagnitude])))
  }
}
