/// One column of one row of the screen: a character one column wide, and its style.
package struct Cell: Hashable, Sendable {
  /// The character; always printable and one column wide.
  package let scalar: Unicode.Scalar
  /// Its colours and attributes.
  package var style: Style

  /// A cell of that scalar; one that is not one column wide becomes `�`.
  package init(_ scalar: Unicode.Scalar = " ", style: Style = .plain) {
    self.scalar = ColumnWidth.isOne(scalar) ? scalar : ColumnWidth.replacement
    self.style = style
  }

  /// A cell of that character; of a character of many scalars only the first is kept.
  package init(character: Character, style: Style = .plain) {
    self.init(character.unicodeScalars.first ?? " ", style: style)
  }

  /// A space in the terminal's own colours.
  package static let blank = Cell()
}
