/// A grid of dots, several to a cell: 2×4 braille dots, or one dot where there is only ASCII.
struct DotCanvas {
  /// Dots across and down.
  let width: Int
  let height: Int
  private let cellWidth: Int
  private let cellHeight: Int
  private let columns: Int
  private var bits: [UInt8]
  /// For each cell, the series drawn there last.
  private var owners: [UInt8]
  private let yielding: Set<UInt8>

  /// The dots of a yielding series vanish from a cell that another series enters.
  init(columns: Int, rows: Int, isBraille: Bool, yielding: Set<UInt8> = []) {
    self.yielding = yielding
    cellWidth = isBraille ? 2 : 1
    cellHeight = isBraille ? 4 : 1
    self.columns = max(0, columns)
    width = self.columns * cellWidth
    height = max(0, rows) * cellHeight
    bits = Array(repeating: 0, count: self.columns * max(0, rows))
    owners = bits
  }

  /// Sets a dot; outside the grid this has no effect. The dots of a cell share one colour, the last one's.
  mutating func set(x: Int, y: Int, owner: UInt8) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let cell = y / cellHeight * columns + x / cellWidth
    if owners[cell] != owner, yielding.contains(owners[cell]) { bits[cell] = 0 }
    bits[cell] |= cellWidth == 1 ? 1 : Self.brailleBits[y % 4 * 2 + x % 2]
    owners[cell] = owner
  }

  /// The pattern of dots of a cell, 0 for none, and the series drawn there last.
  func cell(column: Int, row: Int) -> (bits: UInt8, owner: UInt8) {
    let index = row * columns + column
    guard column >= 0, column < columns, bits.indices.contains(index) else { return (0, 0) }
    return (bits[index], owners[index])
  }

  /// The braille character of a pattern of dots.
  static func braille(_ bits: UInt8) -> Unicode.Scalar {
    Unicode.Scalar(0x2800 + UInt32(bits)) ?? " "
  }

  private static let brailleBits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}
