/// The widgets' default colours; they can be told apart with any colour blindness.
///
/// **Source**: the series are those of M. Okabe and K. Ito, Color Universal Design, 2008.
package enum Accents {
  /// Borders, axes and other scenery.
  package static let muted = Color.hex(0x7d8590)
  /// What has the focus.
  package static let focus = Color.hex(0x56b4e9)
  /// Behind the chosen row.
  package static let selection = Color.hex(0x1d4673)
  /// Good news.
  package static let good = Color.hex(0x00b386)
  /// Something to look at.
  package static let warning = Color.hex(0xe69f00)
  /// Bad news.
  package static let bad = Color.hex(0xe8603c)
  /// What is neither a number nor infinite in a picture of numbers.
  package static let notFinite = Color.hex(0xd700d7)
  /// Curves, in the order they are taken.
  package static let series: [Color] = [
    .hex(0x56b4e9), .hex(0xe69f00), .hex(0x00b386), .hex(0xcc79a7), .hex(0xf0e442), .hex(0xe8603c),
    .hex(0x5f87d7), .hex(0xb0b0b0),
  ]
}
