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

/// Where zero lies among the colours of a screen.
struct ZeroColorTests {
  @Test(arguments: [Theme.dark, .light], [ColorSupport.trueColor, .palette256])
  func zeroHasTheLightnessOfTheScreen(_ theme: Theme, _ support: ColorSupport) {
    let usual = [
      ColorMap.usual(isDiverging: true, on: theme).colors(support, on: theme)[31],
      ColorMap.usual(isDiverging: false, on: theme).colors(support, on: theme)[0],
      ColorMap.usual(isDiverging: false, on: theme).colors(support, on: theme, isReversed: true)[63],
      ColorMap.grey.colors(support, on: theme)[0],
    ]
    for color in usual {
      #expect(theme.isDark ? (color.lightness ?? 1) < 0.35 : (color.lightness ?? 0) > 0.75)
    }
  }
}
