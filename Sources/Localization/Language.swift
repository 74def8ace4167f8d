import Synchronization

/// A language that the program speaks.
package enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case spanish = "es"

  /// The language of the process, owned by its mutex: set once, before the first text.
  private static let standard = Mutex(Language.english)

  @TaskLocal private static var override: Language?

  /// The language of the texts that are made here and now.
  package static var current: Language { override ?? standard.withLock { $0 } }

  /// Makes this the language of the process.
  package func use() { Language.standard.withLock { $0 = self } }

  /// Does some work in this language, whatever that of the process.
  package func during<Result>(_ work: () throws -> Result) rethrows -> Result {
    try Language.$override.withValue(self) { try work() }
  }

  /// The language that the environment asks for: that of the first of its three variables that is not empty.
  package init(environment: [String: String]) {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }
    let locale = variables.first { !$0.isEmpty } ?? ""
    let code = locale.prefix { $0.isLetter }
    self = Language(rawValue: code.lowercased()) ?? .english
  }
}

/// A value that contains texts, made once in each language.
package struct InEachLanguage<Value: Sendable>: Sendable {
  private let english: Value
  private let spanish: Value

  /// What `make` makes in each language.
  package init(_ make: () -> Value) {
    (english, spanish) = (Language.english.during(make), Language.spanish.during(make))
  }

  /// The value in the current language.
  package var current: Value {
    switch Language.current {
    case .english: english
    case .spanish: spanish
    }
  }
}
