import ArgumentParser
import Localization

/// The option that says in which language the program speaks.
///
/// `Program` takes it from the arguments before a command reads them, because the help is in that language too; the
/// commands have it for their help.
package struct LanguageOption: ParsableArguments {
  @Option(
    help: .localized("The language: en or es; by default that of LC_ALL, LC_MESSAGES or LANG."),
    completion: .choices(of: Language.self))
  var lang: String?

  package init() {}

  /// Uses the language that is named in the arguments, if one is, and returns the other arguments.
  ///
  /// - Throws: a `LanguageError` for a language that there is not.
  static func taken(from arguments: [String]) throws -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    guard let place = arguments[..<end].firstIndex(where: { $0 == "--lang" || $0.hasPrefix("--lang=") })
    else {
      return arguments
    }
    let option = arguments[place]
    let (name, count) =
      option == "--lang"
      ? (place + 1 < end ? arguments[place + 1] : "", min(2, end - place)) : (String(option.dropFirst(7)), 1)
    guard let language = Language(rawValue: name) else { throw LanguageError(name: name) }
    language.use()
    var others = arguments
    others.removeSubrange(place..<place + count)
    return try taken(from: others)
  }
}

/// A language was asked for that the program does not speak.
struct LanguageError: Error, CustomStringConvertible {
  let name: String

  var description: String { localized("--lang expects en or es, but got '\(name)'.") }
}

extension ArgumentHelp {
  /// The help of an option in the current language.
  package static func localized(_ sentence: Sentence) -> ArgumentHelp {
    ArgumentHelp(Localization.localized(sentence))
  }
}
