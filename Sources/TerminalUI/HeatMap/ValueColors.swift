/// Colours for values, one at a time: those of a heat map.
package struct ValueColors: Sendable {
  /// Which values the colours stand for.
  package let scale: HeatMapScale
  private let colors: [Color]
  private let theme: Theme

  /// The colours of a map on a screen; nil for the map that fits the values.
  package init(
    _ scale: HeatMapScale, colorMap: ColorMap? = nil,
    _ capabilities: TerminalCapabilities = TerminalCapabilities()
  ) {
    self.scale = scale
    theme = capabilities.theme
    let support = capabilities.colorSupport
    colors = (colorMap ?? .usual(isDiverging: scale.isDiverging, on: theme)).colors(support, on: theme)
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
    return Style(foreground: background.contrasting, background: background)
  }

  /// The value's colour as that of a sign: very dark and very light ones are moved towards grey, so that they are seen
  /// on dark and on light screens.
  package func sign(_ value: Float) -> Style {
    let color = color(value)
    let lightness = color.lightness ?? 0.5
    let isExtreme = lightness < 0.32 || lightness > 0.86
    return .foreground(isExtreme ? color.mixed(with: theme.resolve(Accents.muted), 0.55) : color)
  }
}
