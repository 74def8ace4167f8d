/// The colours and attributes of a cell.
package struct Style: Hashable, Sendable {
  /// The colour of the text.
  package var foreground: Color
  /// The colour behind the text.
  package var background: Color
  /// Bold, dim and so on.
  package var attributes: Attributes

  /// A style; by default the terminal's own colours and no attributes.
  package init(
    foreground: Color = .default, background: Color = .default, attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own colours, no attributes.
  package static let plain = Style()
  /// Plain and bold.
  package static let bold = Style(attributes: .bold)
  /// Plain and dim.
  package static let dim = Style(attributes: .dim)
  /// Plain with foreground and background changed for each other.
  package static let reverse = Style(attributes: .reverse)

  /// Plain text of that colour.
  package static func foreground(_ color: Color) -> Style { Style(foreground: color) }

  /// The same style with that colour of text.
  package func foreground(_ color: Color) -> Style {
    Style(foreground: color, background: background, attributes: attributes)
  }

  /// The same style with that colour behind the text.
  package func background(_ color: Color) -> Style {
    Style(foreground: foreground, background: color, attributes: attributes)
  }

  /// The same style with these attributes besides its own.
  package func adding(_ more: Attributes) -> Style {
    Style(foreground: foreground, background: background, attributes: attributes.union(more))
  }

  /// The same style in bold.
  package var bold: Style { adding(.bold) }
  /// The same style, dim.
  package var dim: Style { adding(.dim) }
  /// The same style, reversed.
  package var reversed: Style { adding(.reverse) }

  /// What is left of the style where there are no colours: a background becomes reverse, lines and what is dark become
  /// dim.
  package var withoutColors: Style {
    var attributes = attributes
    if background != .default, background != .role(.background) {
      attributes.formSymmetricDifference(.reverse)
    } else if foreground == .role(.border) || (foreground.lightness ?? 1) < 0.45 {
      attributes.insert(.dim)
    }
    return Style(attributes: attributes)
  }
}
