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
    #expect(scale.low == 0 && scale.high == 0 && !scale.isDiverging)
  }
}
