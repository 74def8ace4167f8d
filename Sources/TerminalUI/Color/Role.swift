/// What a colour is for; a ``Theme`` says which colour that is.
package enum Role: UInt8, Hashable, Sendable, CaseIterable {
  /// Behind everything.
  case background
  /// Text.
  case text
  /// Text that is less important than the rest.
  case muted
  /// Borders, axes and other lines.
  case border
  /// What has the focus.
  case focus
  /// Behind the chosen row.
  case selection
  /// Text without a colour of its own on the chosen row.
  case selectedText
  /// Text on any of the other colours.
  case inverseText
  /// Good news.
  case good
  /// Something to look at.
  case warning
  /// Bad news.
  case bad
  /// What is neither a number nor infinite in a picture of numbers.
  case notFinite
  /// A node whose value is known.
  case forward
  /// A node whose gradient is known.
  case backward
  /// Numbers below zero.
  case negative
  /// Numbers above zero.
  case positive
  /// A curve or a class, in the order they are taken.
  case series1, series2, series3, series4, series5, series6, series7, series8
  /// A magnitude, from small (cool) to large (hot).
  case heat1, heat2, heat3, heat4, heat5, heat6

  /// Curves and classes, in the order they are taken.
  package static let series: [Role] = [
    .series1, .series2, .series3, .series4, .series5, .series6, .series7, .series8,
  ]
  /// Magnitudes, from small to large.
  package static let heat: [Role] = [.heat1, .heat2, .heat3, .heat4, .heat5, .heat6]
}
