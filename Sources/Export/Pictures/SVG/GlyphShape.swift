/// How a character is drawn that must join its neighbours without gaps, in a cell 8 units wide and 16 high; other
/// characters are text.
enum GlyphShape {
  /// A filled part of the cell.
  struct Block: Hashable {
    let x, y, width, height: Int
  }

  /// A line that begins at a place, in halves of a unit, and goes on as an SVG path says.
  struct Curve {
    let x, y: Int
    let rest: String
  }

  /// Filled parts.
  case blocks([Block])
  /// The whole cell in a mixture of its two colours.
  case shade(Double)
  /// Lines to the sides.
  case lines(BoxArms)
  /// A light line that is not straight, or not level.
  case curve(Curve)
  /// Braille dots: bit n is the dot n + 1.
  case dots(UInt8)

  /// Units across a cell.
  static let width = 8
  /// Units down a cell.
  static let height = 16

  /// The shape of a character; nil for text.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x2500...0x257f:
      if let curve = GlyphShape.curves[scalar] {
        self = .curve(curve)
      } else if let arms = BoxArms(scalar) {
        self = .lines(arms)
      } else {
        return nil
      }
    case 0x2580: self = .blocks([Block(x: 0, y: 0, width: 8, height: 8)])
    case 0x2581...0x2588:
      let height = 2 * (Int(scalar.value) - 0x2580)
      self = .blocks([Block(x: 0, y: 16 - height, width: 8, height: height)])
    case 0x2589...0x258f:
      self = .blocks([Block(x: 0, y: 0, width: 0x2590 - Int(scalar.value), height: 16)])
    case 0x2590: self = .blocks([Block(x: 4, y: 0, width: 4, height: 16)])
    case 0x2591...0x2593: self = .shade(Double(scalar.value - 0x2590) / 4)
    case 0x2594: self = .blocks([Block(x: 0, y: 0, width: 8, height: 2)])
    case 0x2595: self = .blocks([Block(x: 7, y: 0, width: 1, height: 16)])
    case 0x2596...0x259f:
      self = .blocks(GlyphShape.quadrants(GlyphShape.quadrantBits[Int(scalar.value) - 0x2596]))
    case 0x2800...0x28ff: self = .dots(UInt8(scalar.value - 0x2800))
    default: return nil
    }
  }

  private static let curves: [Unicode.Scalar: Curve] = [
    "╭": Curve(x: 16, y: 15, rest: "h-.5q-4 0-4 4v4.5"), "╮": Curve(x: 0, y: 15, rest: "q3.5 0 3.5 4v4.5"),
    "╰": Curve(x: 16, y: 15, rest: "h-.5q-4 0-4-4v-3.5"), "╯": Curve(x: 0, y: 15, rest: "q3.5 0 3.5-4v-3.5"),
    "╱": Curve(x: 0, y: 32, rest: "l8-16"), "╲": Curve(x: 0, y: 0, rest: "l8 16"),
    "╳": Curve(x: 0, y: 32, rest: "l8-16m-8 0l8 16"),
  ]

  /// Upper left, upper right, lower left and lower right, from the highest bit on, of U+2596 to U+259F.
  private static let quadrantBits: [UInt8] = [
    0b0010, 0b0001, 0b1000, 0b1011, 0b1001, 0b1110, 0b1101, 0b0100, 0b0110, 0b0111,
  ]

  private static func quadrants(_ bits: UInt8) -> [Block] {
    [(0, 0), (4, 0), (0, 8), (4, 8)].enumerated().filter { bits & (8 >> UInt8($0.offset)) != 0 }
      .map { Block(x: $0.element.0, y: $0.element.1, width: 4, height: 8) }
  }
}
