import TerminalUI
import Testing

struct ColorMapTests {
  @Test(arguments: ColorMap.allCases)
  func aRampHasSixtyFourLevels(_ map: ColorMap) {
    #expect(map.colors(.trueColor).count == 64)
    #expect(map.colors(.palette256).count == 64)
  }

  @Test(arguments: [ColorMap.viridis, .grey])
  func theLightnessOfASequentialRampRises(_ map: ColorMap) {
    for support in [ColorSupport.trueColor, .palette256] {
      let lightness = map.colors(support).compactMap(\.lightness)
      #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 <= $1 + 0.005 })
    }
  }

  @Test func theMiddleOfADivergingRampIsItsLightestOrDarkest() {
    for support in [ColorSupport.trueColor, .palette256] {
      let light = ColorMap.blueWhiteRed.colors(support).compactMap(\.lightness)
      #expect(light[31...32].max() == light.max())
      let dark = ColorMap.blueBlackRed.colors(support).compactMap(\.lightness)
      #expect((dark[31...32].min() ?? 1) <= (dark.min() ?? 0) + 0.05)
    }
  }
}
