import Localization
import Testing

/// The choice of the language.
struct LanguageTests {
  @Test(arguments: [
    (["LANG": "es_MX.UTF-8"], Language.spanish), (["LANG": "es"], .spanish),
    (["LANG": "en_US.UTF-8"], .english),
    (["LC_ALL": "C.UTF-8", "LANG": "es_ES"], .english), (["LC_ALL": "", "LANG": "es_ES"], .spanish),
    (["LC_MESSAGES": "es_AR", "LANG": "en_US"], .spanish),
    (["LC_ALL": "de_DE", "LC_MESSAGES": "es"], .english),
    (["LANG": "est_EE"], .english), ([:], .english),
  ])
  func theFirstVariableThatIsNotEmptyDecides(_ environment: [String: String], _ language: Language) {
    #expect(Language(environment: environment) == language)
  }

  @Test func aTestMaySpeakAnotherLanguage() {
    #expect(Language.current == .english)
    Language.spanish.during { #expect(Language.current == .spanish) }
    #expect(Language.current == .english)
  }

  @Test func aValueIsThereInEachLanguage() {
    let names = InEachLanguage { "\(Language.current)" }
    #expect(names.current == "english")
    Language.spanish.during { #expect(names.current == "spanish") }
  }
}
