import Numbers

/// What colours are used for. Drawing code names one of these roles, and the theme has the colour of each.
package enum Accents {
  /// Text that is less important than the rest.
  package static let muted = Color.role(.muted)
  /// Borders, axes and other lines.
  package static let border = Color.role(.border)
  /// What has the focus.
  package static let focus = Color.role(.focus)
  /// Behind the chosen row.
  package static let selection = Color.role(.selection)
  /// Text on any of the other colours.
  package static let inverseText = Color.role(.inverseText)
  /// Good news.
  package static let good = Color.role(.good)
  /// Something to look at.
  package static let warning = Color.role(.warning)
  /// Bad news.
  package static let bad = Color.role(.bad)
  /// What is neither a number nor infinite in a picture of numbers.
  package static let notFinite = Color.role(.notFinite)
  /// A node whose value is known.
  package static let forward = Color.role(.forward)
  /// A node whose gradient is known.
  package static let backward = Color.role(.backward)
  /// Numbers below zero.
  package static let negative = Color.role(.negative)
  /// Numbers above zero.
  package static let positive = Color.role(.positive)
  /// What is behind everything, to mix other colours with.
  package static let background = Color.role(.background)
  /// Curves and classes, in the order they are taken.
  package static let series = Role.series.map(Color.role)

  /// The colour of a magnitude: `part` 0 is cool, 1 is hot.
  package static func heat(_ part: Double) -> Color {
    guard part.isFinite else { return bad }
    let steps = Role.heat
    return .role(steps[min(steps.count - 1, Int(min(1, max(0, part)) * Double(steps.count)))])
  }

  /// The colour of a norm, cool at 10⁻⁴ and hot at 1, between which those of a network usually are.
  package static func heat(norm: Double) -> Color {
    guard norm.isFinite else { return bad }
    return heat((Logarithm.decimal(max(norm.magnitude, 1e-9)) + 4) / 4)
  }
}
