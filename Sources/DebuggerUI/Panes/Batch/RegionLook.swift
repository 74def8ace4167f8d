import TerminalUI

/// How the map of decision regions looks on a screen: the colours of the classes, or their letters where there are few.
struct RegionLook {
  /// Whether regions are colours; otherwise they are textures.
  let isColored: Bool
  let isUnicode: Bool
  /// How much of the ground is in a region where the model is not sure, and how much less where it is.
  private let mix: (faint: Double, range: Double)

  init(_ capabilities: TerminalCapabilities) {
    isColored = capabilities.colorSupport >= .palette256
    isUnicode = capabilities.glyphs.isUnicode
    // The palette has only greys between its dark colours.
    mix = capabilities.colorSupport == .palette256 ? (0.62, 0.2) : (0.94, 0.34)
  }

  /// What a region is mixed with, the more the less sure the model is.
  private static let ground = Accents.background
  /// How many shades a class has: few, since the pairs of colours are.
  private static let shades = 6
  /// The signs of the batch's points, which tell the classes apart without colours.
  private static let signs: [Unicode.Scalar] = ["o", "x", "+", "*", "s", "d", "v", "z"]
  private static let textures: [Unicode.Scalar] = [".", "-", ":", "~", "'", "=", ",", "^"]

  /// The colour of a place where a class is predicted.
  func color(_ label: Int, _ confidence: UInt8) -> Color {
    let shade = Double(Int(confidence) * (RegionLook.shades - 1) / 255) / Double(RegionLook.shades - 1)
    return RegionLook.accent(label).mixed(with: RegionLook.ground, mix.faint - mix.range * shade)
  }

  /// The sign of a place where a class is predicted; none where the model is not sure.
  func texture(_ label: Int, _ confidence: UInt8) -> Cell {
    confidence < 77 ? .blank : Cell(RegionLook.pick(RegionLook.textures, label), style: .dim)
  }

  /// A point of the set.
  func point(of label: Int, on background: Color) -> Cell {
    guard isColored else { return Cell(RegionLook.letter(label, "a")) }
    let color = RegionLook.accent(label).mixed(with: RegionLook.ground, 0.25)
    return Cell("·", style: Style(foreground: color, background: background))
  }

  /// A point of the batch.
  func sample(of label: Int, isChosen: Bool, on background: Color) -> Cell {
    let attributes: Attributes = isChosen ? [.bold, .reverse] : .bold
    guard isColored else { return Cell(RegionLook.letter(label, "A"), style: Style(attributes: attributes)) }
    let color = RegionLook.accent(label)
    return Cell(
      RegionLook.pick(RegionLook.signs, label),
      style: Style(foreground: color, background: background, attributes: attributes))
  }

  private static func accent(_ label: Int) -> Color { pick(Accents.series, label) }

  private static func letter(_ label: Int, _ first: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(first.value + UInt32(((label % 26) + 26) % 26)) ?? first
  }

  /// The element of a class; classes beyond the last begin again.
  private static func pick<Element>(_ elements: [Element], _ label: Int) -> Element {
    elements[((label % elements.count) + elements.count) % elements.count]
  }
}
