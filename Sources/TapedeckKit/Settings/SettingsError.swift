import Localization

/// A setting that is not possible.
package struct SettingsError: Error, Equatable, CustomStringConvertible {
  /// The option on the command line.
  package let option: String
  /// What the option takes.
  package let expected: String
  /// The value that was given.
  package let got: String

  package var description: String { localized("\(option) expects \(expected), but got \(got).") }
}
