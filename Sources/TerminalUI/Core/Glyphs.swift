/// The characters the widgets draw with: one set in Unicode, one in ASCII.
public struct Glyphs: Hashable, Sendable {
  /// The characters of a border.
  public struct Border: Hashable, Sendable {
    /// Along the top and the bottom.
    public let horizontal: Unicode.Scalar
    /// Along the sides.
    public let vertical: Unicode.Scalar
    /// The top left corner.
    public let topLeft: Unicode.Scalar
    /// The top right corner.
    public let topRight: Unicode.Scalar
    /// The bottom left corner.
    public let bottomLeft: Unicode.Scalar
    /// The bottom right corner.
    public let bottomRight: Unicode.Scalar
  }

  /// Whether the set needs a terminal that shows Unicode.
  public let isUnicode: Bool
  /// A border with round corners.
  public let rounded: Border
  /// A border with square corners.
  public let plain: Border
  /// A border of heavy lines.
  public let heavy: Border
  /// A bar's end growing to the right, from the thinnest to the full cell.
  public let horizontalBars: [Unicode.Scalar]
  /// A column's end growing upwards, from the lowest to the full cell.
  public let verticalBars: [Unicode.Scalar]
  /// From empty to full.
  public let shades: [Unicode.Scalar]
  /// From nothing to much for numbers below zero, where there are no colours.
  public let negativeShades: [Unicode.Scalar]
  /// Where an axis meets a tick on its left.
  public let tickLeft: Unicode.Scalar
  /// Where an axis meets a tick below it.
  public let tickBelow: Unicode.Scalar
  /// Stands for text that was cut off.
  public let ellipsis: Unicode.Scalar

  /// Lines, blocks and shades.
  public static let unicode = Glyphs(
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
  public static let ascii = Glyphs(
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
