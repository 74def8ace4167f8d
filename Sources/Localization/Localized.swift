/// A text in the current language; in English where it has no translation.
package func localized(_ sentence: Sentence) -> String { sentence.text }

extension Sentence {
  /// The text in the current language, for a sentence that was made before the language was known.
  package var text: String {
    switch Language.current {
    case .english: english
    case .spanish: Translations.spanish.text(self)
    }
  }
}
