import TerminalUI
import Testing

struct ColorTests {
  @Test func aMixLiesBetweenItsColors() {
    #expect(Color.hex(0x000000).mixed(with: .hex(0xff8040), 0.5) == .rgb(128, 64, 32))
    #expect(Color.hex(0x000000).mixed(with: .hex(0xff8040), 7) == .hex(0xff8040))
    #expect(Color.hex(0x102030).mixed(with: .hex(0xff8040), .nan) == .hex(0x102030))
    #expect(Color.default.mixed(with: .hex(0xff8040), 0.4) == .default)
  }

  @Test func everyColorHasACodeOfItsOwn() {
    #expect(Color.default.code == 0)
    #expect(Color.hex(0).code == 0x100_0000)
    #expect(Color.hex(0xabcdef).code == 0x1ab_cdef)
  }

  @Test func lightnessRunsFromBlackToWhite() {
    #expect(Color.hex(0).lightness == 0)
    #expect(Color.hex(0xffffff).lightness == 1)
    #expect(Color.default.lightness == nil)
  }
}
