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
  func content(column: Int, row: Int, yielding: [Bool], mixes: Bool) -> Content? {
    let cell = row * columns + column
    var (count, bits, last) = (0, UInt8(0), -1)
    for layer in layers.indices where layers[layer][cell] != 0 {
      last = layer
      guard !yielding[layer] else { continue }
      count += 1
      bits |= layers[layer][cell]
    }
    guard last >= 0 else { return nil }
    // The last of those that yield is enough.
    guard count > 0 else { return Content(bits: layers[last][cell], layer: last) }
    var place = (column + row) % count
    for layer in layers.indices where layers[layer][cell] != 0 && !yielding[layer] {
      if place == 0 { return Content(bits: mixes ? bits : layers[layer][cell], layer: layer) }
      place -= 1
    }
    return nil
  }

  /// The first row of cells in which a layer has a dot in a column; nil where it has none.
  func top(column: Int, layer: Int) -> Int? {
    guard columns > 0 else { return nil }
    return (0..<layers[layer].count / columns).first { layers[layer][$0 * columns + column] != 0 }
  }

  /// The braille character of a pattern of dots.
  static func braille(_ bits: UInt8) -> Unicode.Scalar {
    Unicode.Scalar(0x2800 + UInt32(bits)) ?? " "
  }

  private static let brailleBits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}
