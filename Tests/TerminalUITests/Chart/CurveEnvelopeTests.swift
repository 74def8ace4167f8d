import TerminalUI
import Testing

struct CurveEnvelopeTests {
  private func chart(_ points: [ChartPoint]) -> LineChart {
    var chart = LineChart([ChartSeries("a", points: points, style: .foreground(Accents.series[0]))])
    chart.hasEnvelope = true
    return chart
  }

  /// The rows in which there is a dot.
  private func rows(of chart: LineChart) -> Int {
    screen(chart, 30, 12).lines.count { line in
      line.unicodeScalars.contains { ("\u{2801}"..."\u{28FF}").contains($0) }
    }
  }

  @Test func aPointThatStandsForSeveralValuesIsDrawnAsTheirSpan() {
    let narrow = (0...10).map { ChartPoint(x: Double($0), y: 5, low: 5, high: 5) }
    let wide = (0...10).map { ChartPoint(x: Double($0), y: 5, low: 0, high: 10) }
    #expect(rows(of: chart(narrow)) == 1)
    #expect(rows(of: chart(wide)) > 4)
  }

  @Test func manyPointsInAColumnAreDrawnDimBelowTheirMean() {
    let noisy = (0..<2_000).map { ChartPoint(x: Double($0), y: $0.isMultiple(of: 2) ? 0 : 10) }
    let buffer = screen(chart(noisy), 30, 12, .full)
    let cells = (1..<9).flatMap { row in (6..<29).map { buffer[$0, row] } }
    let dots = cells.filter { ("\u{2801}"..."\u{28FF}").contains($0.scalar) }
    #expect(dots.contains { $0.style.attributes.contains(.dim) })
    #expect(dots.contains { !$0.style.attributes.contains(.dim) })
  }

  @Test func fewPointsHaveNoEnvelope() {
    let few = (0..<20).map { ChartPoint(x: Double($0), y: Double($0)) }
    let buffer = screen(chart(few), 30, 12, .full)
    #expect(
      !(0..<12).contains { row in (0..<30).contains { buffer[$0, row].style.attributes.contains(.dim) } })
  }

  @Test func theAxisShowsTheWholeSpan() {
    let points = (0...10).map { ChartPoint(x: Double($0), y: 5, low: -20, high: 20) }
    let text = lines(chart(points), 30, 12).joined()
    #expect(text.contains("20┤"))
    #expect(text.contains("−20┤"))
  }
}

struct StepAxisTests {
  private var series: [ChartSeries] {
    [
      ChartSeries(
        "train", points: (1...1_000).map { ChartPoint(x: Double($0), y: 1_000 / Double($0)) }, style: .plain),
      ChartSeries("validation", points: [ChartPoint(x: 500, y: 7)], style: .plain),
    ]
  }

  @Test func onlyTheShownStepsCountForTheAxes() {
    var chart = LineChart(series)
    chart.steps = 600...700
    let text = lines(chart, 60, 12)
    #expect(text.contains { $0.contains("600") && $0.contains("700") })
    #expect(!text.contains { $0.contains("1000┤") })
  }

  @Test func theLegendHasEveryValueAtThePointer() {
    var chart = LineChart(series)
    chart.pointer = 750
    let legend = lines(chart, 60, 12)[0]
    #expect(legend.contains("train 1.333"))
    #expect(legend.contains("validation 7.000"))
  }

  @Test func theLegendSaysAtWhichStepAValueWasMeasured() {
    var chart = LineChart([
      ChartSeries("a", points: [ChartPoint(x: 100, y: 2), ChartPoint(x: 300, y: 4)], style: .plain)
    ])
    chart.pointer = 220
    #expect(lines(chart, 60, 12)[0].hasSuffix("a 2.000 at step 100"))
    chart.pointer = 300
    #expect(lines(chart, 60, 12)[0].hasSuffix("a 4.000"))
    chart.series[0].isHeld = true
    chart.pointer = 220
    #expect(lines(chart, 60, 12)[0].hasSuffix("a 2.000"))
  }

  @Test func theAreaBelowTheFirstCurveIsFilledWhereThereAreColors() {
    var chart = LineChart([
      ChartSeries(
        "a", points: (0...20).map { ChartPoint(x: Double($0), y: 5) }, style: .foreground(Accents.series[0]))
    ])
    chart.isFilled = true
    #expect(screen(chart, 30, 12, .full).cells.count { $0.style.background != .default } > 60)
    let few = TerminalCapabilities(colorSupport: .ansi16)
    #expect(screen(chart, 30, 12, few).cells.allSatisfy { $0.style.background == .default })
  }

  @Test func aMeanIsMarkedAsOne() {
    var chart = LineChart([
      ChartSeries(
        "a", points: [ChartPoint(x: 1, y: 2, low: 1, high: 3), ChartPoint(x: 9, y: 2)], style: .plain)
    ])
    chart.pointer = 1
    #expect(lines(chart, 60, 12)[0].contains("a ~2.000"))
    chart.pointer = 9
    #expect(lines(chart, 60, 12)[0].contains("a 2.000"))
  }

  @Test func theValueAtAColumnOfALogarithmicAxisIsAStep() throws {
    var chart = LineChart(series)
    chart.isStepLogarithmic = true
    let area = Rect(x: 0, y: 0, width: 60, height: 12)
    let steps = (0..<60).compactMap { chart.value(atColumn: $0, area: area) }
    #expect(steps == steps.sorted())
    #expect(try #require(steps.first) < 2)
    #expect(try #require(steps.last) > 800)
    // Half way along the axis is the geometric middle.
    #expect((15.0...65).contains(steps[steps.count / 2]))
  }

  @Test func aChartWithATitleAndARoomForLabelsStaysInside() {
    var chart = LineChart(series, isLogarithmic: true)
    (chart.title, chart.labelWidth, chart.steps, chart.pointer) = ("loss", 8, 10...20, 12)
    (chart.hasEnvelope, chart.showsStepLabels, chart.isStepLogarithmic) = (true, false, true)
    #expect(staysInside(chart))
    #expect(lines(chart, 60, 12)[0].hasPrefix("loss"))
  }
}
