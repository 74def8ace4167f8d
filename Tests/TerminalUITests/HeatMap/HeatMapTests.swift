import TerminalUI
import Testing

struct HeatMapTests {
  private let signed = Matrix(rows: 2, columns: 3, values: [-1, -0.5, 0, 0.25, 0.5, 1])

  @Test func withoutColorsTheSignHasItsOwnShades() {
    #expect(
      lines(HeatMap(signed, showsLegend: false, keepsProportions: true), 6, 2) == [
        "≡≡~~",
        "░░▒▒██",
      ])
    #expect(
      lines(HeatMap(signed, showsLegend: false, keepsProportions: true), 6, 2, asciiOnly) == [
        "%%--",
        "..++@@",
      ])
  }

  @Test func whatIsNotLitIsDimmed() {
    let map = HeatMap(
      signed, lit: Matrix.Block(rows: 1..<2, columns: 0..<3), showsLegend: false, keepsProportions: true)
    #expect(lines(map, 6, 2) == ["······", "░░▒▒██"])
    #expect(lines(map, 6, 2, asciiOnly) == ["......", "..++@@"])
    let cell = screen(map, 6, 1, .full).cells.first?.style
    let bright = screen(HeatMap(signed, showsLegend: false, keepsProportions: true), 6, 1, .full).cells.first?
      .style
    #expect(cell?.background == bright?.background && cell?.foreground != bright?.foreground)
  }

  @Test func aLitColumnIsSeenInABlockWithLargerNumbers() {
    let values = (0..<100).map { Float($0 % 10 == 3 ? -6 : 9) }
    let map = HeatMap(
      Matrix(rows: 10, columns: 10, values: values), lit: Matrix.Block(rows: 0..<10, columns: 3..<4),
      showsLegend: false)
    #expect(lines(map, 5, 2) == ["·=···", "·=···"])
  }

  @Test func aSmallMatrixIsEnlargedByWholeNumbers() {
    #expect(
      lines(HeatMap(signed), 32, 6) == [
        "≡≡≡≡≡≡≡≡≡≡~~~~~~~~~~          ▏",
        "≡≡≡≡≡≡≡≡≡≡~~~~~~~~~~          ▏",
        "░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒██████████▏",
        "░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒██████████▏",
        "   −1.00 ≡==~~--0░░▒▒▓▓█ 1.00",
        "",
      ])
  }

  @Test func twoRowsShareACellOfHalfBlocks() {
    let map = HeatMap(
      Matrix(rows: 2, columns: 1, values: [0, 1]), showsLegend: false, keepsProportions: true)
    let colors = ColorMap.viridis.colors(.trueColor)
    #expect(
      screen(map, 1, 1, .full).cells == [
        Cell("▀", style: Style(foreground: colors[0], background: colors[63]))
      ])
  }

  @Test func aRowWithoutAPartnerHasTheUpperHalf() {
    let map = HeatMap(
      Matrix(rows: 1, columns: 2, values: [0, 1]), showsLegend: false, keepsProportions: true)
    let colors = ColorMap.viridis.colors(.palette256)
    let cells = screen(map, 2, 1, TerminalCapabilities(colorSupport: .palette256)).cells
    #expect(cells == [Cell("▀", style: .foreground(colors[0])), Cell("▀", style: .foreground(colors[63]))])
  }

  @Test func ofALargeMatrixTheGreatestMagnitudesAreSeen() {
    var values = Array(repeating: Float(0.1), count: 100)
    values[37] = -9
    #expect(
      lines(HeatMap(Matrix(rows: 10, columns: 10, values: values)), 34, 6) == [
        "                              ▏",
        "                     ≡≡≡      ▏",
        "                              ▏",
        "                              ▏",
        "                              ▏",
        "−9.00 ≡=-0░▓█ 9.00  max|·| of 2×1",
      ])
  }

  @Test func clippedAndNonFiniteEntriesAreMarkedAndCounted() {
    let matrix = Matrix(rows: 1, columns: 5, values: [-9, 0.5, 9, .nan, .infinity])
    #expect(
      lines(HeatMap(matrix, rule: .fixed(-1, 1)), 60, 3) == [
        "▾▾▾▾▾▾▾▾▾▾▾▾▒▒▒▒▒▒▒▒▒▒▒▒▴▴▴▴▴▴▴▴▴▴▴▴××××××××××××∞∞∞∞∞∞∞∞∞∞∞∞",
        "▾▾▾▾▾▾▾▾▾▾▾▾▒▒▒▒▒▒▒▒▒▒▒▒▴▴▴▴▴▴▴▴▴▴▴▴××××××××××××∞∞∞∞∞∞∞∞∞∞∞∞",
        "−1.00 ≡=~-0░▒▓█ 1.00  × 1 NaN  ∞ 1 inf  ▴ 1 above  ▾ 1 below",
      ])
    #expect(
      lines(HeatMap(matrix, rule: .fixed(-1, 1)), 60, 3, asciiOnly) == [
        "vvvvvvvvvvvv++++++++++++^^^^^^^^^^^^NNNNNNNNNNNNIIIIIIIIIIII",
        "vvvvvvvvvvvv++++++++++++^^^^^^^^^^^^NNNNNNNNNNNNIIIIIIIIIIII",
        "-1.00 %=~,0.+#@ 1.00  N 1 NaN  I 1 inf  ^ 1 above  v 1 below",
      ])
  }

  @Test func theCursorIsNamedAtTheMargins() {
    let map = HeatMap(
      Matrix(rows: 8, columns: 4, values: (0..<32).map(Float.init)), cursor: .init(row: 5, column: 2))
    #expect(
      lines(map, 26, 10) == [
        "                ▾2",
        "",
        "  ░░░░░░░░░░░░░░░░░░░░░░░░",
        "  ░░░░░░░░░░░░░░░░░░░░░░░░",
        "  ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒",
        "  ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒",
        "5▸▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓",
        "  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓",
        "  ████████████████████████",
        "0    ░░░░▒▒▒▒▒▓▓▓▓███ 31.0",
      ])
    let entry = screen(map, 24, 10, .full)
    #expect(entry.lines.contains { $0.contains("▌") && $0.contains("▐") })
  }

  @Test func theMarginsNeverMakeThePictureSmaller() {
    for (width, height) in [(64, 12), (24, 10), (62, 30), (128, 34), (63, 11)] {
      for keepsProportions in [false, true] {
        let matrix = Matrix(rows: 64, columns: 64, values: (0..<4096).map(Float.init))
        func block(_ cursor: Matrix.Place?) -> [Int] {
          let map = HeatMap(matrix, cursor: cursor, keepsProportions: keepsProportions)
          let block = map.block(area: Rect(x: 0, y: 0, width: width, height: height), capabilities: .full)
          return [block.rows, block.columns]
        }
        #expect(block(.init(row: 1, column: 1)) == block(nil), "\(width)×\(height)")
      }
    }
  }

  @Test func equalValuesSaySo() {
    #expect(
      lines(HeatMap(Matrix(rows: 1, columns: 1, values: [0])), 20, 3) == [
        "                ▏",
        "                ▏",
        "all   0",
      ])
  }

  @Test func withoutEntriesItSaysSo() {
    #expect(lines(HeatMap(Matrix(rows: 0, columns: 5, values: [])), 12, 2) == ["no values", ""])
    #expect(lines(HeatMap(Matrix(rows: 3, columns: 5, values: [1])), 12, 1) == ["no values"])
  }

  @Test func aPlaceOnTheScreenIsAnEntry() {
    let map = HeatMap(signed)
    let area = Rect(x: 4, y: 2, width: 32, height: 6)
    #expect(map.place(atX: 4, y: 2, area: area, capabilities: colorless) == .init(row: 0, column: 0))
    #expect(map.place(atX: 16, y: 5, area: area, capabilities: colorless) == .init(row: 1, column: 1))
    #expect(map.place(atX: 35, y: 2, area: area, capabilities: colorless) == nil)
    #expect(map.place(atX: 3, y: 2, area: area, capabilities: colorless) == nil)
  }

  @Test func aMapUsesAtMostSixtyFourColors() {
    let values = (0..<10_000).map { Float($0) }
    let buffer = screen(
      HeatMap(Matrix(rows: 100, columns: 100, values: values), showsLegend: false), 100, 50, .full)
    #expect(Set(buffer.cells.flatMap { [$0.style.foreground, $0.style.background] }).count <= 65)
  }

  @Test func aMapStaysInItsArea() {
    let values = (0..<600).map { $0 % 7 == 0 ? Float.nan : Float($0 % 13) - 6 }
    #expect(
      staysInside(HeatMap(Matrix(rows: 30, columns: 20, values: values), cursor: .init(row: 29, column: 19))))
    #expect(
      staysInside(HeatMap(Matrix(rows: 1, columns: 1, values: [.nan]), cursor: .init(row: 0, column: 0))))
    #expect(
      staysInside(
        HeatMap(Matrix(rows: 2, columns: 2, values: [1, 2, 3, .infinity]), cursor: .init(row: 9, column: -1)))
    )
    let extreme = Matrix(rows: 1, columns: 2, values: [.greatestFiniteMagnitude, -.greatestFiniteMagnitude])
    #expect(staysInside(HeatMap(extreme, rule: .deviations(3))))
  }
}
