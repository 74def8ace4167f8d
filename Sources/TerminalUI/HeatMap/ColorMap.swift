import Localization

/// A ramp of colours for the values of a heat map, safe for colour blindness.
package enum ColorMap: CaseIterable, Hashable, Sendable {
  /// Dark violet over green to yellow, on a light screen the other way: for values of one sign.
  ///
  /// **Source**: matplotlib's viridis.
  case viridis
  /// Blue over white to red: for values about zero.
  ///
  /// **Source**: C. Brewer's RdBu, reversed.
  case blueWhiteRed
  /// Light blue over black to light red: for values about zero on a dark screen.
  ///
  /// **Source**: F. Crameri's berlin.
  case blueBlackRed
  /// Black to white, on a light screen the other way.
  case grey

  /// How many colours a ramp has; the pairs of two of them must be few enough for any terminal.
  package static let levelCount = 64

  /// Whether its middle stands for zero.
  package var isDiverging: Bool { self == .blueWhiteRed || self == .blueBlackRed }

  /// What the user calls it.
  package var name: String {
    switch self {
    case .viridis: localized("viridis")
    case .blueWhiteRed: localized("blue-white-red")
    case .blueBlackRed: localized("blue-black-red")
    case .grey: localized("grey")
    }
  }

  /// The one for values that nobody has chosen the colours of: zero has the lightness of the screen.
  package static func usual(isDiverging: Bool, on theme: Theme) -> ColorMap {
    isDiverging ? theme.isDark ? .blueBlackRed : .blueWhiteRed : .viridis
  }

  /// The colour of each level, from the lowest to the highest.
  ///
  /// On a light screen a map that does not diverge begins at its light end; `isReversed` makes it begin at the other
  /// one, as for values below zero.
  package func colors(_ support: ColorSupport, on theme: Theme = .dark, isReversed: Bool = false) -> [Color] {
    let isBackward = !isDiverging && theme.isDark == isReversed
    return Self.ramps[Ramp(map: self, isTrue: support == .trueColor, isBackward: isBackward)] ?? []
  }

  /// A ramp in one of its forms.
  private struct Ramp: Hashable {
    let map: ColorMap
    let isTrue: Bool
    let isBackward: Bool
  }

  /// All ramps: each is made once, since many pictures of a frame need it.
  private static let ramps: [Ramp: [Color]] = {
    var ramps: [Ramp: [Color]] = [:]
    for map in allCases {
      for support in [ColorSupport.palette256, .trueColor] {
        let colors = map.ramp(support)
        let isTrue = support == .trueColor
        ramps[Ramp(map: map, isTrue: isTrue, isBackward: false)] = colors
        ramps[Ramp(map: map, isTrue: isTrue, isBackward: true)] = colors.reversed()
      }
    }
    return ramps
  }()

  private func ramp(_ support: ColorSupport) -> [Color] {
    (0..<Self.levelCount).map { level in
      let part = Double(level) / Double(Self.levelCount - 1)
      guard support < .trueColor else { return Self.interpolate(stops, part) }
      let entries = paletteEntries
      return .palette(entries[min(entries.count - 1, Int(part * Double(entries.count)))])
    }
  }

  private static func interpolate(_ stops: [UInt32], _ part: Double) -> Color {
    let place = part * Double(stops.count - 1)
    let index = min(stops.count - 2, Int(place))
    return Color.hex(stops[index]).mixed(with: .hex(stops[index + 1]), place - Double(index))
  }

  private var stops: [UInt32] {
    switch self {
    case .viridis:
      [
        0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725,
      ]
    case .blueWhiteRed:
      [
        0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b,
        0x67001f,
      ]
    case .blueBlackRed:
      [
        0x9eb0ff, 0x5aa3da, 0x2d7597, 0x1a4256, 0x11191e, 0x280d01, 0x501803, 0x8a3f2a, 0xc4756a, 0xffadad,
      ]
    case .grey: [0x101010, 0xf0f0f0]
    }
  }

  private var paletteEntries: [UInt8] {
    switch self {
    case .viridis: [53, 54, 25, 60, 31, 66, 36, 72, 78, 113, 148, 220]
    case .blueWhiteRed: [24, 25, 31, 117, 254, 231, 224, 216, 167, 88, 52]
    case .blueBlackRed: [147, 111, 74, 31, 24, 17, 233, 52, 88, 124, 167, 210, 217]
    case .grey: Array(232...255)
    }
  }
}
