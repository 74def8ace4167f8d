import TerminalUI
import Testing

struct PaletteTests {
  @Test func everyEntryOfThePaletteIsItsOwnNearest() {
    for index in 16...255 {
      let (red, green, blue) = Palette256.components(UInt8(index))
      let nearest = Palette256.nearest(red: red, green: green, blue: blue)
      // 16 and 231 of the cube are also greys; any entry of the same colour will do.
      #expect(Palette256.components(nearest) == (red, green, blue))
    }
  }

  @Test func theNearestEntryIsNearerThanAnyOther() {
    func distance(_ one: (UInt8, UInt8, UInt8), _ other: (red: UInt8, green: UInt8, blue: UInt8)) -> Int {
      let channels = [(one.0, other.red), (one.1, other.green), (one.2, other.blue)]
      return channels.map { (Int($0) - Int($1)) * (Int($0) - Int($1)) }.reduce(0, +)
    }
    for red in stride(from: 0, through: 255, by: 17) {
      for green in stride(from: 0, through: 255, by: 17) {
        for blue in stride(from: 0, through: 255, by: 17) {
          let color = (UInt8(red), UInt8(green), UInt8(blue))
          let chosen = Palette256.nearest(red: color.0, green: color.1, blue: color.2)
          let least = (16...255).map { distance(color, Palette256.components(UInt8($0))) }.min()
          #expect(distance(color, Palette256.components(chosen)) == least)
        }
      }
    }
  }

  @Test(
    arguments: [
      (0x5f87af, 4), (0xff5050, 9), (0x00b386, 6), (0xe69f00, 11), (0x808080, 8), (0x000000, 0),
      (0xffffff, 15), (0xd0d0d0, 7), (0xcc79a7, 13), (0x101018, 0),
    ] as [(UInt32, UInt8)])
  func amongSixteenColorsTheHueIsKept(_ color: UInt32, _ index: UInt8) {
    guard case .rgb(let red, let green, let blue) = Color.hex(color) else { return }
    #expect(Palette16.nearest(red: red, green: green, blue: blue) == index)
  }

  @Test func aColorFromThePaletteGoesBackToItsEntry() {
    #expect(Color.palette(196) == .rgb(255, 0, 0))
    #expect(Color.palette(244) == .rgb(128, 128, 128))
  }
}
