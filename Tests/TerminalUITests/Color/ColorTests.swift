import TerminalUI
import Testing

struct ColorTests {
  @Test func aMixLiesBetweenItsColors() {
    #expect(Color.hex(0x000000).mixed(with: .hex(0xff8040), 0.5) == .rgb(128, 64, 32))
    #expect(Color.hex(0x000000).mixed(with: .hex(0xff8040), 7) == .hex(0xff8040))
    #expect(Color.hex(0x102030).mixed(with: .hex(0xff8040), .nan) == .hex(0x102030))
    #expect(Color.default.mixed(with: .hex(0xff8040), 0.4) == .default)
  }

  @Test func theColorsOfAThemeAreMixedWhenItIsKnown() {
    let mix = Accents.good.mixed(with: Accents.background, 1)
    #expect(mix == .blend(.good, .background, 255))
    #expect(Theme.light.resolve(mix) == Theme.light.color(.background))
    #expect(Accents.good.mixed(with: .hex(0), 0) == Theme.dark.color(.good))
  }

  @Test func textOnAColorIsBlackOrWhite() {
    for value in stride(from: 0, through: 255, by: 5) {
      let color = Color.rgb(UInt8(value), UInt8(value), 255 - UInt8(value))
      #expect((color.contrast(with: color.contrasting) ?? 0) >= 4.5)
    }
    #expect(Accents.selection.contrasting == .role(.selectedText))
    #expect(Accents.warning.contrasting == .role(.inverseText))
  }

  @Test func contrastIsThatOfTheGuidelines() {
    #expect(Color.hex(0).contrast(with: .hex(0xffffff)) == 21)
    // The lightest grey that the guidelines allow on white.
    let grey = Color.hex(0x767676).contrast(with: .hex(0xffffff)) ?? 0
    #expect(grey > 4.5 && grey < 4.6)
    #expect(Color.default.contrast(with: .hex(0)) == nil)
  }

  @Test func lightnessRunsFromBlackToWhite() {
    #expect(Color.hex(0).lightness == 0)
    #expect(Color.hex(0xffffff).lightness == 1)
    #expect(Color.default.lightness == nil)
  }
}
