/// The 256-colour palette of xterm: a 6×6×6 cube at 16–231 and 24 greys at 232–255.
///
/// Entries 0–15 are left out of every mapping: users repaint them.
package enum Palette256 {
  /// The six steps of one channel of the cube.
  static let cubeSteps: [UInt8] = [0, 95, 135, 175, 215, 255]

  /// The nearest entry among 16–255, by squared distance in red, green and blue.
  package static func nearest(red: UInt8, green: UInt8, blue: UInt8) -> UInt8 {
    let steps = (cubeStep(red), cubeStep(green), cubeStep(blue))
    let cube = UInt8(16 + 36 * steps.0 + 6 * steps.1 + steps.2)
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let grey = UInt8(232 + min(23, max(0, (mean - 3) / 10)))
    func distance(_ index: UInt8) -> Int {
      let entry = components(index)
      return squaredDistance((red, green, blue), entry)
    }
    return distance(grey) < distance(cube) ? grey : cube
  }

  /// The red, green and blue of entry `index`.
  package static func components(_ index: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
    switch index {
    case 0..<16:
      return Palette16.components(index)
    case 16..<232:
      let cube = Int(index) - 16
      return (cubeSteps[cube / 36], cubeSteps[cube / 6 % 6], cubeSteps[cube % 6])
    default:
      let level = 8 + 10 * (index - 232)
      return (level, level, level)
    }
  }

  private static func cubeStep(_ value: UInt8) -> Int {
    switch value {
    case 0..<48: 0
    case 48..<115: 1
    default: (Int(value) - 35) / 40
    }
  }
}

/// The squared distance of two colours in red, green and blue.
func squaredDistance(_ one: (UInt8, UInt8, UInt8), _ other: (UInt8, UInt8, UInt8)) -> Int {
  let red = Int(one.0) - Int(other.0)
  let green = Int(one.1) - Int(other.1)
  let blue = Int(one.2) - Int(other.2)
  return red * red + green * green + blue * blue
}
