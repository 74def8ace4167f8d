import TerminalUI
import Testing

struct LineChartTests {
  private func curve(_ name: String, _ values: [Double]) -> ChartSeries {
    ChartSeries(
      name, points: values.enumerated().map { ChartPoint(x: Double($0.offset), y: $0.element) },
      style: .foreground(Accents.series[0]))
  }

  @Test func aCurveStandsBetweenAxesUnderItsLegend() {
    #expect(
      lines(LineChart([curve("train", [4, 3, 2, 1, 0])]), 24, 9) == [
        "                ── train",
        "    │",
        "   4┤⠒⠤⣀",
        "    │   ⠉⠒⠢⢄⡀",
        "   2┤       ⠈⠑⠒⠤⣀",
        "    │            ⠉⠒⠢⢄⡀",
        "   0┤                ⠈⠑⠂",
        "    └┬────────┬────────┬",
        "     0        2        4",
      ])
  }

  @Test func inASCIIEveryCurveHasItsOwnCharacter() {
    #expect(
      lines(LineChart([curve("train", [4, 3, 2, 1, 0]), curve("val", [4, 4, 4])]), 24, 9, asciiOnly) == [
        "        ** train  ++ val",
        "    |",
        "   4++*++++++++",
        "    |   ****",
        "   2+       *****",
        "    |            ****",
        "   0+                ***",
        "    ++--------+--------+",
        "     0        2        4",
      ])
  }

  @Test func whereAValueIsNotFiniteTheCurveHasAGapAndTheAxisAMark() {
    #expect(
      lines(LineChart([curve("loss", [1, 1, 1, .nan, 1, 1, 1, .infinity])]), 22, 7) == [
        "   ── loss  × NaN or ∞",
        "   2┤",
        "    │⣀⣀⣀⣀⡀   ⣀⣀⣀⣀⡀",
        "    │",
        "   0┤",
        "    └┬───┬─×─┬───┬─×─┬",
        "     0   2   4   6   8",
      ])
  }

  @Test func valuesAboveTheLimitLeaveTheChartAtTheTop() {
    var chart = LineChart([curve("loss", [1, 1, 1, 100, 1, 1, 1])])
    chart.limit = 2
    let rows = lines(chart, 30, 9)
    #expect(rows.contains { $0.hasPrefix("   2┤") } && !rows.contains { $0.contains("100") })
    // Below the legend, the first row has the curve.
    #expect(rows[1].contains { ("\u{2801}"..."\u{28FF}").contains($0) })
    #expect(!rows.contains { $0.contains("×") })
  }

  @Test func theSignsOnTheAxisAreExplainedWhereThereIsRoom() {
    var chart = LineChart([curve("loss", [1, 2, .nan, 4, 0, 6])], isLogarithmic: true, marks: [3])
    #expect(lines(chart, 60, 9)[0].hasSuffix("── loss  × NaN, ∞ or not above 0  m mark or note"))
    #expect(lines(chart, 36, 9)[0].hasSuffix("── loss  × NaN, ∞ or not above 0"))
    #expect(lines(chart, 20, 9)[0].hasSuffix("── loss"))
    chart = LineChart([curve("loss", [1, 2])])
    #expect(lines(chart, 60, 9)[0].hasSuffix("── loss"))
  }

  @Test func pointsFarFromEachOtherHaveMarks() {
    var sparse = curve("norm", [1, 3, 2])
    sparse.marksPoints = true
    let rows = lines(LineChart([sparse]), 40, 9)
    #expect(rows[0].hasSuffix("── norm  • measured"))
    #expect(rows.dropFirst().joined().count { $0 == "•" } == 3)
    let ascii = lines(LineChart([sparse]), 40, 9, asciiOnly)
    #expect(ascii.dropFirst().joined().count { $0 == "O" } == 3)
    var dense = curve("norm", (0..<30).map { Double($0 % 4) })
    dense.marksPoints = true
    #expect(!lines(LineChart([dense]), 40, 9).joined().contains("•"))
    sparse.marksPoints = false
    #expect(!lines(LineChart([sparse]), 40, 9).joined().contains("•"))
  }

  @Test func namesOfCurvesMoveTogetherRatherThanBeCut() {
    let chart = LineChart([curve("batch", [1, 2]), curve("train", [1, 2]), curve("validation", [1, 2])])
    #expect(lines(chart, 33, 9)[0] == "── batch  ·· train  ╌╌ validation")
    #expect(lines(chart, 28, 9)[0] == "─ batch · train ╌ validation")
  }

  @Test func aLogarithmicAxisMakesADecayStraight() {
    #expect(
      lines(LineChart([curve("loss", [1, 0.1, 0.01, 0.001])], isLogarithmic: true), 24, 9) == [
        "                 ── loss",
        "    1┤⠢⢄",
        "     │  ⠑⠢⣀",
        "     │     ⠑⠢⡀",
        "     │       ⠈⠑⠤⡀",
        "     │          ⠈⠑⠢⣀",
        "0.001┤              ⠉⠂",
        "     └┬────┬────┬────┬──",
        "      0    1    2    3",
      ])
  }

  @Test func theCursorIsAVerticalLineThatSparesTheCurves() {
    #expect(
      lines(LineChart([curve("loss", [0, 1])], cursor: 0.5), 20, 7) == [
        "             ── loss",
        "   1┤       ┊   ⢀⡠⠔⠂",
        "    │      ⢀⣀⠤⠒⠉⠁",
        "    │  ⣀⠤⠔⠊⠁┊",
        "   0┤⠒⠉     ┊",
        "    └┬──────▴──────┬",
        "     0             1",
      ])
  }

  @Test func aDimCurveMakesRoomForTheOnesAfterIt() {
    let raw = curve("raw", [0, 1, 0, 1, 0, 1, 0, 1])
    var dim = raw
    dim.style = dim.style.dim
    let smooth = curve("smooth", Array(repeating: 0.5, count: 8))
    func middle(_ series: ChartSeries...) -> String {
      let chart = LineChart(
        series.map { ChartSeries($0.name, points: $0.points, style: $0.style, pattern: .solid) },
        showsLegend: false)
      return lines(chart, 8, 3)[1]
    }
    #expect(middle(dim, smooth) == middle(smooth))
    #expect(middle(raw, smooth) != middle(smooth))
  }

  @Test func aCurveAtZeroIsAtTheTickOfZeroAndNothingIsBelowIt() {
    let buffer = screen(LineChart([curve("loss", [1, 0, 0, 0, 0])], showsLegend: false), 24, 9)
    let row = buffer.lines.firstIndex { $0.hasPrefix("   0┤") } ?? -1
    #expect(buffer.lines[row].hasSuffix("⠒⠒⠒⠒⠒⠒⠒⠂"), "\(buffer.lines)")
    #expect(buffer.lines[row + 1].contains("└"))
  }

  // The tick is in the middle of its row, between the second and the third of four dots.
  @Test(arguments: [0.001, 1, 1234.5])
  func noValueIsDrawnBelowItsTick(greatest: Double) {
    for height in 6...20 {
      let buffer = screen(LineChart([curve("loss", [greatest, 0, 0])], showsLegend: false), 30, height)
      let row = buffer.lines.firstIndex { $0.drop { $0 == " " }.hasPrefix("0┤") } ?? -1
      let lower: Set<Character> = Set(
        (0x2801...0x28FF).filter { $0 & 0b1110_0100 != 0 }.compactMap {
          Unicode.Scalar($0).map(Character.init)
        })
      #expect(!buffer.lines[row].contains { lower.contains($0) }, "\(buffer.lines)")
    }
  }

  @Test func twoCurvesInOneCellAreBothSeen() {
    let values = Array(repeating: 0.0, count: 20)
    var (one, other) = (curve("one", values), curve("other", values))
    one.style = .foreground(Accents.series[0])
    other.style = .foreground(Accents.series[1])
    (one.pattern, other.pattern) = (.solid, .solid)
    let buffer = screen(LineChart([one, other], showsLegend: false), 30, 6, .full)
    let row = buffer.lines.firstIndex { $0.hasPrefix("   0┤⠒⠒⠒") } ?? 0
    let colors = (6..<24).map { buffer[$0, row].style.foreground }
    #expect(Set(colors) == [Accents.series[0], Accents.series[1]])
    for (left, right) in zip(colors, colors.dropFirst()) { #expect(left != right) }
    let plain = lines(LineChart([one, other], showsLegend: false), 30, 6, asciiOnly)
    #expect(plain.contains { $0.contains("*+*+*+") })
  }

  @Test func aLonePointIsSeen() {
    #expect(
      lines(LineChart([curve("loss", [5])]), 10, 3) == [
        "",
        "⠂",
        "",
      ])
  }

  @Test func withoutValuesItSaysSo() {
    #expect(lines(LineChart([]), 16, 2) == ["no values yet", ""])
    #expect(lines(LineChart([curve("a", [])]), 16, 1) == ["no values yet"])
  }

  @Test func oneOutlierAmongAMillionPointsIsSeen() {
    var values = Array(repeating: 0.0, count: 1_000_000)
    values[700_000] = 1
    let rows = lines(LineChart([curve("loss", values)], showsLegend: false), 40, 3)
    #expect(rows[0].contains { $0 != " " })
  }

  @Test func aColumnOfTheScreenIsAValueOfTheAxis() {
    let chart = LineChart([curve("loss", Array(repeating: 1, count: 101))])
    let area = Rect(x: 10, y: 0, width: 40, height: 10)
    let middle = chart.value(atColumn: 10 + 20, area: area) ?? .nan
    #expect(middle > 40 && middle < 60)
    #expect(chart.value(atColumn: 10, area: area) == nil)
    #expect(chart.value(atColumn: 99, area: area) == nil)
  }

  @Test func curvesHavePatternsOfTheirOwn() {
    let legend = LineChart([curve("a", [1]), curve("b", [1]), curve("c", [1])]).legend(colorless)
    #expect(legend.text == "── a  ·· b  ╌╌ c")
  }

  @Test func aChartStaysInItsArea() {
    #expect(staysInside(LineChart([curve("loss", [3, .nan, -1, .infinity, 1e300, -1e300])], cursor: 3)))
    #expect(staysInside(LineChart([curve("loss", [.nan, .nan])], isLogarithmic: true, cursor: .nan)))
    #expect(staysInside(LineChart([curve("loss", [3, 2e9, -1])])))
  }
}
