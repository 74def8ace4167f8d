/// Colours for values, one at a time: those of a heat map.
package struct ValueColors: Sendable {
  /// Which values the colours stand for.
  package let scale: HeatMapScale
  private let colors: [Color]

  /// The colours of a map; nil for those that fit the values.
  package init(_ scale: HeatMapScale, colorMap: ColorMap? = nil, support: ColorSupport = .trueColor) {
    self.scale = scale
    colors = (colorMap ?? (scale.isDiverging ? .blueWhiteRed : .viridis)).colors(support)
  }

  /// The colour of a value; of one that is not finite the mark of these.
  package func color(_ value: Float) -> Color {
    switch scale.shade(value) {
    case .level(let level): colors[level]
    case .below: colors[0]
    case .above: colors[colors.count - 1]
    case .infinite, .notANumber: Accents.notFinite
    }
  }

  /// The value's colour behind black or white text, whichever is the better to read on it: at least 4.5 to 1.
  package func behindText(_ value: Float) -> Style {
    let background = color(value)
    return Style(foreground: ValueColors.text(on: background), background: background)
  }

  /// The value's colour as that of a sign: very dark and very light ones are moved towards grey, so that they are seen
  /// on dark and on light screens.
  package func sign(_ value: Float) -> Style {
    let color = color(value)
    let lightness = color.lightness ?? 0.5
    let isExtreme = lightness < 0.32 || lightness > 0.86
    return .foreground(isExtreme ? color.mixed(with: Accents.muted, 0.55) : color)
  }

  /// Black or white, whichever has the greater contrast: of this luminance on, black has.
  private static func text(on color: Color) -> Color {
    luminance(color) > 0.179 ? .rgb(0, 0, 0) : .rgb(255, 255, 255)
  }

  /// The relative luminance of WCAG 2, with a polynomial in place of the power.
  private static func luminance(_ color: Color) -> Double {
    guard case .rgb(let red, let green, let blue) = color else { return 0 }
    func linear(_ channel: UInt8) -> Double {
      let part = Double(channel) / 255
      return part * (part * (part * 0.305306011 + 0.682171111) + 0.012522878)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
}
