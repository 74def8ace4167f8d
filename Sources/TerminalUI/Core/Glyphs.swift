/// The characters the widgets draw with: one set in Unicode, one in ASCII.
package struct Glyphs: Hashable, Sendable {
  /// The characters of a border.
  package struct Border: Hashable, Sendable {
    /// Along the top and the bottom.
    package let horizontal: Unicode.Scalar
    /// Along the sides.
    package let vertical: Unicode.Scalar
    /// The top left corner.
    package let topLeft: Unicode.Scalar
    /// The top right corner.
    package let topRight: Unicode.Scalar
    /// The bottom left corner.
    package let bottomLeft: Unicode.Scalar
    /// The bottom right corner.
    package let bottomRight: Unicode.Scalar
  }

  /// Whether the set needs a terminal that shows Unicode.
  package let isUnicode: Bool
  /// A border with round corners.
  package let rounded: Border
  /// A border with square corners.
  package let plain: Border
  /// A border of heavy lines.
  package let heavy: Border
  /// A bar's end growing to the right, from the thinnest to the full cell.
  package let horizontalBars: [Unicode.Scalar]
  /// A column's end growing upwards, from the lowest to the full cell.
  package let verticalBars: [Unicode.Scalar]
  /// From empty to full.
  package let shades: [Unicode.Scalar]
  /// From nothing to much for numbers below zero, where there are no colours.
  package let negativeShades: [Unicode.Scalar]
  /// Where an axis meets a tick on its left.
  package let tickLeft: Unicode.Scalar
  /// Where an axis meets a tick below it.
  package let tickBelow: Unicode.Scalar
  /// Stands for text that was cut off.
  package let ellipsis: Unicode.Scalar

  /// Lines, blocks and shades.
  package static let unicode = Glyphs(
    isUnicode: true,
    rounded: Border(
      horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯"),
    plain: Border(
      horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘"),
    heavy: Border(
      horizontal: "━", vertical: "┃", topLeft: "┏", topRight: "┓", bottomLeft: "┗", bottomRight: "┛"),
    horizontalBars: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    verticalBars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    shades: [" ", "░", "▒", "▓", "█"],
    negativeShades: [" ", "-", "~", "=", "≡"],
    tickLeft: "┤", tickBelow: "┬", ellipsis: "…")

  /// Nothing but ASCII.
  package static let ascii = Glyphs(
    isUnicode: false,
    rounded: Border(
      horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+"),
    plain: Border(
      horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+"),
    heavy: Border(
      horizontal: "=", vertical: "H", topLeft: "#", topRight: "#", bottomLeft: "#", bottomRight: "#"),
    horizontalBars: ["#"],
    verticalBars: [".", ":", "|", "#"],
    shades: [" ", ".", "+", "*", "#", "@"],
    negativeShades: [" ", ",", "-", "~", "=", "%"],
    tickLeft: "+", tickBelow: "+", ellipsis: "~")
}
