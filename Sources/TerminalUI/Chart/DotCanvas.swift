/// A grid of dots, several to a cell: 2×4 braille dots, or one dot where there is only ASCII. Each curve has a layer of its
/// own, so that what is drawn later hides nothing.
struct DotCanvas {
  /// What is in a cell.
  struct Content {
    /// The pattern of dots, never 0.
    let bits: UInt8
    /// The layer whose colour it has.
    let layer: Int
  }

  /// Dots across and down in a cell.
  let cellWidth: Int
  let cellHeight: Int
  /// Dots across and down.
  let width: Int
  let height: Int
  private let columns: Int
  private var layers: [[UInt8]]

  /// An empty canvas with that many layers.
  init(columns: Int, rows: Int, isBraille: Bool, layers: Int) {
    cellWidth = isBraille ? 2 : 1
    cellHeight = isBraille ? 4 : 1
    self.columns = max(0, columns)
    width = self.columns * cellWidth
    height = max(0, rows) * cellHeight
    self.layers = Array(
      repeating: Array(repeating: 0, count: self.columns * max(0, rows)), count: layers)
  }

  /// Sets a dot; outside the grid this has no effect.
  mutating func set(x: Int, y: Int, layer: Int) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let cell = y / cellHeight * columns + x / cellWidth
    layers[layer][cell] |= cellWidth == 1 ? 1 : Self.brailleBits[y % 4 * 2 + x % 2]
  }

  /// What is shown in a cell; nil for nothing.
  ///
  /// Layers that yield are not shown where there is another. Of several, neighbouring cells show one and then the other;
  /// where `mixes`, with the dots of all of them.
  func content(column: Int, row: Int, yielding: Set<Int>, mixes: Bool) -> Content? {
    let cell = row * columns + column
    let all = layers.indices.filter { layers[$0][cell] != 0 }
    let strong = all.filter { !yielding.contains($0) }
    // The last of those that yield is enough.
    let shown = strong.isEmpty ? Array(all.suffix(1)) : strong
    guard !shown.isEmpty else { return nil }
    let layer = shown[(column + row) % shown.count]
    let bits = mixes ? shown.reduce(0) { $0 | layers[$1][cell] } : layers[layer][cell]
    return Content(bits: bits, layer: layer)
  }

  /// The braille character of a pattern of dots.
  static func braille(_ bits: UInt8) -> Unicode.Scalar {
    Unicode.Scalar(0x2800 + UInt32(bits)) ?? " "
  }

  private static let brailleBits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}
