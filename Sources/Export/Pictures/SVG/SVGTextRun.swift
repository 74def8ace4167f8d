/// A run of characters of one style in a row.
struct SVGTextRun {
  private let paint: PictureColors.Paint
  private let start: Int
  /// Characters of the usual fonts, which are one width; another may come from another font, so it is a run of its own.
  private let isUsual: Bool
  private var scalars: [Unicode.Scalar]
  /// The columns after the last character that are blank.
  private var blanks = 0

  /// The most blanks within a run.
  private static let mostBlanks = 2
  /// Where the characters are set, down from the top of the row.
  private static let baseline = 12

  /// A run that begins with a character; nil for a blank.
  init?(_ scalar: Unicode.Scalar, _ paint: PictureColors.Paint, at column: Int) {
    guard !SVGTextRun.isBlank(scalar, paint) else { return nil }
    (self.paint, start, scalars, isUsual) = (paint, column, [scalar], SVGTextRun.isUsual(scalar))
  }

  /// Adds the character of a column, where it continues the run.
  mutating func takes(_ scalar: Unicode.Scalar, _ paint: PictureColors.Paint, at column: Int) -> Bool {
    guard column == start + scalars.count + blanks else { return false }
    if SVGTextRun.isBlank(scalar, paint) {
      blanks += 1
      return blanks <= SVGTextRun.mostBlanks
    }
    guard isUsual, SVGTextRun.isUsual(scalar), self.paint.isSet(like: paint) else { return false }
    scalars += Array(repeating: " ", count: blanks) + [scalar]
    blanks = 0
    return true
  }

  /// The element.
  func element(_ classes: inout SVGClasses) -> String {
    var names = classes.name(paint.ink)
    if paint.isBold { names += " B" }
    if paint.isItalic { names += " I" }
    if paint.isUnderlined { names += " U" }
    if !isUsual { names += " M" }
    let x = GlyphShape.width * start + (isUsual ? 0 : GlyphShape.width / 2)
    var text = String.UnicodeScalarView()
    for scalar in scalars { Markup.append(scalar, to: &text) }
    let length = scalars.count > 1 ? " textLength=\"\(GlyphShape.width * scalars.count)\"" : ""
    return "<text class=\"\(names)\" x=\"\(x)\" y=\"\(SVGTextRun.baseline)\"\(length)>\(String(text))</text>"
  }

  private static func isBlank(_ scalar: Unicode.Scalar, _ paint: PictureColors.Paint) -> Bool {
    (scalar == " " || scalar == "\u{a0}") && !paint.isUnderlined
  }

  /// Latin and Greek letters and the usual signs.
  private static func isUsual(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x250, 0x370..<0x400, 0x2013...0x2014, 0x2018...0x201d, 0x2022, 0x2026: true
    default: false
    }
  }
}

extension PictureColors.Paint {
  /// Whether characters of both look the same, whatever is behind them.
  fileprivate func isSet(like other: PictureColors.Paint) -> Bool {
    (ink, isBold, isItalic, isUnderlined)
      == (other.ink, other.isBold, other.isItalic, other.isUnderlined)
  }
}
