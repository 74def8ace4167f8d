import Localization

/// Why a text is not a breakpoint, and where: its column is the place for a caret.
public struct BreakpointSyntaxError: Error, Sendable, Equatable, CustomStringConvertible, Codable {
  /// The character at which reading ended, from 1; one past the last where the text ended too soon.
  public let column: Int
  /// What was expected there, `a number`.
  public let expected: String
  /// What is there, in quotes; `the end` at the end of the text.
  public let got: String

  /// The error at a column.
  public init(column: Int, expected: String, got: String) {
    self.column = column
    self.expected = expected
    self.got = got
  }

  /// The error as a sentence without its column.
  public var message: String { localized("Expected \(expected), but got \(got).") }

  /// The error as a sentence with its column.
  public var description: String { localized("Column \(column): expected \(expected), but got \(got).") }
}
