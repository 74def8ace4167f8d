import TerminalUI
import Testing

struct TransliterationTests {
  @Test(
    arguments: [
      ("─", "-"), ("│", "|"), ("╭", "+"), ("┤", "+"), ("█", "#"), ("⣿", "*"), ("\u{2800}", " "), ("é", "e"),
      ("Ö", "O"), ("ñ", "n"), ("σ", "s"), ("²", "2"), ("…", "~"), ("a", "a"), ("語", "?"),
    ] as [(Unicode.Scalar, Unicode.Scalar)])
  func everyCharacterHasAFallbackInASCII(_ scalar: Unicode.Scalar, _ fallback: Unicode.Scalar) {
    #expect(Transliteration.ascii(scalar) == fallback)
  }
}
