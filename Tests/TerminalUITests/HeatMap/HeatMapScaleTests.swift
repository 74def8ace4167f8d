import TerminalUI
import Testing

struct HeatMapScaleTests {
  @Test func valuesOfBothSignsDivergeAboutZero() {
    let scale = HeatMapScale([-1, 0.5, 3], rule: .full)
    #expect(scale.isDiverging && scale.low == -3 && scale.high == 3)
  }

  @Test func valuesOfOneSignDoNot() {
    let scale = HeatMapScale([2, 3, .nan, .infinity], rule: .full)
    #expect(!scale.isDiverging && scale.low == 2 && scale.high == 3)
  }

  @Test func deviationsClipOutliersOnly() {
    let values = Array(repeating: Float(1), count: 99) + [-100]
    let scale = HeatMapScale(values, rule: .deviations(3))
    #expect(scale.high > 29 && scale.high < 31)
    #expect(HeatMapScale([1, 2], rule: .deviations(3)).high == 2)
    #expect(HeatMapScale([7, 7], rule: .deviations(3)).low == 7)
  }

  @Test func aFixedScaleIsMadeSymmetricWhereItDiverges() {
    #expect(HeatMapScale([1], rule: .fixed(4, 2)) == HeatMapScale([9], rule: .fixed(2, 4)))
    #expect(HeatMapScale([-1, 1], rule: .fixed(-1, 2)).low == -2)
  }

  @Test func withoutFiniteValuesTheScaleIsZero() {
    let scale = HeatMapScale([.nan, .infinity], rule: .deviations(3))
    #expect(scale.low == 0 && scale.high == 0 && scale.isDiverging)
  }
}

/// Where a logarithmic scale puts values, read from the colours of a map of one row.
struct LogarithmicScaleTests {
  /// The colours of some values in one map.
  private func colors(_ values: [Float]) -> [Color] {
    let map = HeatMap(
      Matrix(rows: 1, columns: values.count, values: values), rule: .logarithmic, colorMap: nil,
      showsLegend: false)
    let buffer = screen(map, values.count, 1, .full)
    return (0..<values.count).map { buffer[$0, 0].style.background }
  }

  @Test func smallValuesAreToldApartThatAStraightScaleMakesEqual() {
    let values: [Float] = [-1, -0.01, 0, 0.01, 0.02, 1]
    #expect(Set(colors(values)).count == 6)
    let straight = HeatMap(Matrix(rows: 1, columns: 6, values: values), showsLegend: false)
    let buffer = screen(straight, 6, 1, .full)
    #expect(Set((0..<6).map { buffer[$0, 0].style.background }).count < 6)
  }

  @Test func valuesOfOneSignAreCountedFromTheEndNearerToZero() {
    let map = ColorMap.viridis.colors(.trueColor)
    #expect(colors([0, 0.1, 1]).first == map.first && colors([0, 0.1, 1]).last == map.last)
    // A tenth of the way is about two thirds of three decades.
    #expect(map.firstIndex(of: colors([0, 0.1, 1])[1]) == 42)
    // Zero is dark on a dark screen, whichever end it is.
    #expect(map.firstIndex(of: colors([-1, -0.1, -0.0])[1]) == 42)
    #expect(colors([-1, -0.1, -0.0]).last == map.first)
  }
}
