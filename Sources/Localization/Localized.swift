/// A text in the current language; in English where it has no translation.
package func localized(_ sentence: Sentence) -> String {
  switch Language.current {
  case .english: sentence.english
  case .spanish: Translations.spanish.text(sentence)
  }
}
