import Foundation
import Localization
import Testing

/// The Spanish texts, beside those in the code.
struct TranslationTests {
  private static let sources = SourceTexts.all()
  private static let spanish = Translations.spanish.texts

  @Test func theCodeIsReadAsTheCompilerReadsIt() {
    var texts = SourceTexts()
    texts.add(
      #"""
      localized("a \(b.map { "(\($0)" }) \"c\"\n"), .localized(
        """
        One \
        line.

          \(two)
        """)
      """#, file: "")
    #expect(Set(texts.files.keys) == ["a %1 \"c\"\n", "One line.\n\n  %1"])
    #expect(texts.problems.isEmpty)
    texts.add("localized(name)", file: "x")
    #expect(texts.problems == ["x: name)"])
  }

  @Test func eachTextInTheCodeIsALiteral() {
    #expect(TranslationTests.sources.problems == [])
  }

  @Test func noTextHasBackquotes() {
    // The terminal and most of the screen show them as they are; only the teaching texts have a style for code.
    let texts = Array(TranslationTests.sources.files.keys) + Array(TranslationTests.spanish.values)
    #expect(texts.filter { $0.contains("`") }.sorted() == [])
  }

  @Test func eachTextOfTheCodeIsThereInSpanish() {
    let missing = TranslationTests.sources.files.filter { TranslationTests.spanish[$0.key] == nil }
    #expect(missing.map { "\($0.value): \($0.key)" }.sorted() == [])
  }

  @Test func eachSpanishTextIsInTheCode() {
    let unused = TranslationTests.spanish.keys.filter { TranslationTests.sources.files[$0] == nil }
    #expect(unused.sorted() == [])
  }

  @Test func eachSpanishTextHasThePlacesOfTheEnglishOne() {
    for (key, text) in TranslationTests.spanish {
      #expect(places(key) == places(text), "\(key)")
    }
  }

  @Test func eachSpanishTextHasTheSpacesAtTheEndsOfTheEnglishOne() {
    // The words beside the signs of what the run does are padded to one width.
    for (key, text) in TranslationTests.spanish where !key.contains(where: { "◀…▶■".contains($0) }) {
      #expect(
        key.hasPrefix(" ") == text.hasPrefix(" ") && key.hasSuffix(" ") == text.hasSuffix(" "), "\(key)")
    }
  }

  private func places(_ text: String) -> [String] {
    text.matches(of: /%[0-9]+/).map { String($0.output) }.sorted()
  }
}
