import Localization

/// Why bytes do not make an array, or an array does not make a tensor.
public struct ArrayError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What would fit.
  public var expected: String
  /// What was given.
  public var got: String

  /// An error.
  public init(expected: String, got: String) {
    self.expected = expected
    self.got = got
  }

  /// What was expected, what was found, and what to do.
  public var description: String {
    localized(
      "The array does not fit: expected \(expected), got \(got). Reshape or convert it before saving.")
  }
}
