import Localization

/// What the signs on the curves and the axis of a chart mean, for its legend.
struct ChartNotes {
  /// On the axis where a value has no place.
  static let gap: Unicode.Scalar = "×"
  /// On the axis at a marked step.
  static let mark: Unicode.Scalar = "m"

  static var gapStyle: Style { .foreground(Accents.bad).bold }

  /// On a curve at a point.
  static func point(_ capabilities: TerminalCapabilities) -> Unicode.Scalar {
    capabilities.glyphs.isUnicode ? "•" : "O"
  }

  /// How the words look.
  let style: Style
  /// A part of the legend for each sign, with the space before it.
  private(set) var lines: [TextLine] = []

  init(style: Style) { self.style = style }

  mutating func addPoint(_ capabilities: TerminalCapabilities) {
    add(Self.point(capabilities), style, localized("measured"))
  }

  mutating func addGap(isLogarithmic: Bool) {
    add(Self.gap, Self.gapStyle, isLogarithmic ? localized("NaN, ∞ or not above 0") : localized("NaN or ∞"))
  }

  mutating func addMark(_ look: Style) { add(Self.mark, look.bold, localized("mark or note")) }

  private mutating func add(_ sign: Unicode.Scalar, _ look: Style, _ meaning: String) {
    lines.append(TextLine([Span("  "), Span(String(sign), look), Span(" " + meaning, style)]))
  }
}
