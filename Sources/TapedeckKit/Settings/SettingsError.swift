/// A setting that cannot be.
public struct SettingsError: Error, Equatable, CustomStringConvertible {
  /// The option on the command line.
  public let option: String
  public let expected: String
  public let got: String

  public var description: String { "\(option) expects \(expected), but got \(got)." }
}
