import Foundation
import TerminalUI
import Testing

struct NumberGridTests {
  private func grid(
    _ values: [[Float]], isWhole: Bool = false, cursor: Matrix.Place? = nil,
    first: Matrix.Place = Matrix.Place(row: 0, column: 0)
  ) -> NumberGrid {
    let finite = values.joined().filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    return NumberGrid(
      size: Size(width: values.first?.count ?? 0, height: values.count), low: low, high: high,
      isWhole: isWhole, scale: HeatMapScale(Array(finite), rule: .full), colorMap: .viridis,
      headWidths: (row: 1, column: 1), first: first, cursor: cursor
    ) { values[$0][$1] }
  }

  @Test func numbersAreAlignedOnThePoint() {
    let grid = grid([[0.312, -0.041, 0.0004], [-1.2, 0.1054, 0]])
    #expect(
      lines(grid, 30, 4) == [
        "         0       1       2",
        "0    0.312  −0.041    4e−4",
        "1   −1.200   0.105       0",
        "",
      ])
  }

  @Test func verySmallNumbersHaveAPowerOfTen() {
    let grid = grid([[1.5e-7, -2.25e-5], [0, 1e-4]])
    #expect(
      lines(grid, 30, 3) == [
        "           0         1", "0   1.50e−7  −2.25e−5", "1          0  1.00e−4",
      ])
  }

  @Test func wholeNumbersHaveNoPoint() {
    #expect(lines(grid([[3, 0, 9]], isWhole: true), 20, 2) == ["     0   1   2", "0    3   0   9"])
  }

  @Test func whatIsNotFiniteIsSaid() {
    let text = lines(grid([[1, .nan, .infinity, -.infinity]]), 44, 2)[1]
    #expect(text.contains("NaN") && text.contains(" inf") && text.contains("−inf"))
  }

  @Test func theCursorsNumberAndHeadsAreMarked() {
    let buffer = screen(
      grid([[1, 2], [3, 4]], isWhole: true, cursor: Matrix.Place(row: 1, column: 0)), 12, 3, .full)
    #expect(buffer.lines[2].hasPrefix("1 ▸  3"))
    #expect(buffer[5, 2].style.background == Accents.warning)
    #expect(buffer[0, 2].style.foreground == Accents.warning)
    #expect(buffer[5, 0].style.foreground == Accents.warning)
    #expect(buffer[9, 0].style.foreground == Accents.muted)
  }

  @Test func itBeginsWhereItIsScrolledTo() {
    let values = (0..<20).map { row in (0..<20).map { Float(row * 20 + $0) } }
    let grid = grid(values, isWhole: true, first: Matrix.Place(row: 5, column: 7))
    let area = Rect(x: 0, y: 0, width: 16, height: 4)
    #expect(grid.visible(area).rows == 5..<8 && grid.visible(area).columns == 7..<10)
    #expect(lines(grid, 16, 4)[1] == "5  107 108 109")
    #expect(grid.place(atX: 9, y: 2, area: area) == Matrix.Place(row: 6, column: 8))
    #expect(grid.place(atX: 0, y: 2, area: area) == nil)
  }

  @Test func itStaysInsideItsArea() {
    #expect(staysInside(grid([[1, 2.5], [.nan, -4]], cursor: Matrix.Place(row: 0, column: 1))))
    #expect(staysInside(grid([])))
  }
}

struct ValueColorsTests {
  /// The relative luminance of WCAG 2.
  private func luminance(_ color: Color) -> Double {
    guard case .rgb(let red, let green, let blue) = color else { return 0 }
    func linear(_ channel: UInt8) -> Double {
      let part = Double(channel) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  @Test(arguments: ColorMap.allCases, [ColorSupport.palette256, .trueColor])
  func aNumberIsReadableOnEachColor(_ map: ColorMap, _ support: ColorSupport) {
    let colors = ValueColors(
      HeatMapScale([-1, 1], rule: .full, isDiverging: map.isDiverging), colorMap: map,
      TerminalCapabilities(colorSupport: support))
    for step in 0...100 {
      let style = colors.behindText(Float(step) / 50 - 1)
      let (one, other) = (luminance(style.foreground), luminance(style.background))
      let contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
      #expect(contrast >= 4.5, "\(map) at \(step)")
    }
  }

  @Test func aStripHasAColumnForEachBinInItsColor() {
    let strip = ValueStrip.line([255, 0, 1, 128], low: -1, high: 1, width: 4)
    #expect(strip.text == "█ ▁▄")
    #expect(strip.spans.count == 4 && strip.spans[0].style != strip.spans[3].style)
    #expect(ValueStrip.line([255, 0, 1, 128], low: -1, high: 1, width: 2).text == "█▄")
    #expect(ValueStrip.line([], low: 0, high: 0, width: 4).text == "")
  }
}
