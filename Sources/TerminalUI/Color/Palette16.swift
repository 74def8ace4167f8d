/// The 16 ANSI colours: black, red, green, yellow, blue, magenta, cyan, white, and their bright kin.
package enum Palette16 {
  /// The nearest of the 16, its hue kept: a muted blue becomes blue, not grey.
  package static func nearest(red: UInt8, green: UInt8, blue: UInt8) -> UInt8 {
    let largest = max(red, green, blue)
    let smallest = min(red, green, blue)
    let chroma = Int(largest) - Int(smallest)
    guard chroma * 4 > Int(largest), largest > 40 else { return nearestGrey(Int(largest) + Int(smallest)) }
    // A channel counts as lit when it is in the upper half between the smallest and the largest.
    let half = (Int(largest) + Int(smallest)) / 2
    let bits = (Int(red) > half ? 1 : 0) | (Int(green) > half ? 2 : 0) | (Int(blue) > half ? 4 : 0)
    return UInt8(bits + (largest > 192 ? 8 : 0))
  }

  /// The red, green and blue that xterm gives entry `index`.
  package static func components(_ index: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
    switch index & 15 {
    case 7: return (229, 229, 229)
    case 8: return (127, 127, 127)
    case 12: return (92, 92, 255)
    case 4: return (0, 0, 238)
    default:
      let level: UInt8 = index & 8 == 0 ? 205 : 255
      return (
        index & 1 == 0 ? 0 : level, index & 2 == 0 ? 0 : level, index & 4 == 0 ? 0 : level
      )
    }
  }

  private static func nearestGrey(_ twiceTheLevel: Int) -> UInt8 {
    switch twiceTheLevel / 2 {
    case 0..<64: 0
    case 64..<178: 8
    case 178..<242: 7
    default: 15
    }
  }
}
