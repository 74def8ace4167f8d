/// The lines of a box-drawing character: how heavy the one from the middle of the cell to each of its sides is.
///
/// **Source**: the Unicode names of U+2500 to U+257F.
struct BoxArms {
  /// 0 for no line, 1 for a light one, 2 for a heavy one, 3 for two lines.
  let up, right, down, left: Int
  /// Into how many dashes the line is broken; 1 for an unbroken one.
  let dashes: Int

  /// The lines of a character; nil for one that is not made of lines to the sides.
  init?(_ scalar: Unicode.Scalar) {
    guard 0x2500...0x257f ~= scalar.value else { return nil }
    let place = Int(scalar.value) - 0x2500
    let weights = BoxArms.weights[4 * place..<4 * place + 4].map { Int($0) - 48 }
    guard weights.contains(where: { $0 > 0 }) else { return nil }
    (up, right, down, left) = (weights[0], weights[1], weights[2], weights[3])
    dashes =
      switch scalar.value {
      case 0x2504...0x2507: 3
      case 0x2508...0x250b: 4
      case 0x254c...0x254f: 2
      default: 1
      }
  }

  /// Four digits for each character, in the order up, right, down, left.
  private static let weights = Array(
    """
    010102021010202001010202101020200101020210102020011002100120022000110012002100221100120021002200\
    100110022001200211101210211011202120221012202220101110122011102120212012102220220111011202110212\
    012101220221022211011102120112022101210222012202111111121211121221111121212121122211112212212212\
    122221222221222201010202101020200303303003100130033000130031003313003100330010033001300313103130\
    333010133031303303130131033313033101330313133131333301100011100111000000000000000001100001000010\
    00022000020000200201102001022010
    """.utf8)
}
