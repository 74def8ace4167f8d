import Localization

/// What the argument parser says by itself, in the current language.
package enum ParserWords {
  /// A help text with the parser's headings; they have about as many letters, since its lines are broken already.
  package static func help(_ text: String) -> String {
    text.replacing("OVERVIEW: ", with: localized("OVERVIEW:") + " ", maxReplacements: 1)
      .replacing("USAGE: ", with: localized("USAGE: "), maxReplacements: 1)
      .replacing("\nARGUMENTS:\n", with: "\n" + localized("ARGUMENTS:") + "\n")
      .replacing("\nOPTIONS:\n", with: "\n" + localized("OPTIONS:") + "\n")
      .replacing("\nSUBCOMMANDS:\n", with: "\n" + localized("SUBCOMMANDS:") + "\n")
      .replacing("(default: ", with: "(" + localized("default") + ": ")
      .replacing("(default)", with: "(" + localized("default") + ")")
      .replacing("Show help information.", with: localized("Show help information."))
      .replacing("Show the version.", with: localized("Show the version."))
      .replacing(/See '(.*)' for detailed help\./) { localized("See '\($0.1)' for detailed help.") }
  }

  /// What is wrong with an argument; a sentence of the program's own is left as it is.
  package static func message(_ text: String) -> String {
    if let match = text.wholeMatch(of: /The value '(.*)' is invalid for '([^']*)'(.*)/.dotMatchesNewlines()) {
      return localized("The value '\(match.1)' is invalid for '\(match.2)'") + match.3
    }
    if let match = text.wholeMatch(of: /Unknown option '(.*)'\. Did you mean '(.*)'\?/) {
      return localized("Unknown option '\(match.1)'. Did you mean '\(match.2)'?")
    }
    if let match = text.wholeMatch(of: /Unknown option '(.*)'/) {
      return localized("Unknown option '\(match.1)'")
    }
    if let match = text.wholeMatch(of: /Missing value for '(.*)'/) {
      return localized("Missing value for '\(match.1)'")
    }
    if let match = text.wholeMatch(
      of: /The option '(.*)' does not take any value, but '(.*)' was specified\./)
    {
      return localized("The option '\(match.1)' does not take any value, but '\(match.2)' was specified.")
    }
    if let match = text.wholeMatch(of: /Unexpected argument '(.*)'/) {
      return localized("Unexpected argument '\(match.1)'")
    }
    if let match = text.wholeMatch(of: /([0-9]+) unexpected arguments: '(.*)'/) {
      return localized("\(match.1) unexpected arguments: '\(match.2)'")
    }
    if let match = text.wholeMatch(of: /Missing expected argument '(.*)'/) {
      return localized("Missing expected argument '\(match.1)'")
    }
    return text
  }
}
