/// Why a text is no breakpoint, and where: a caret may stand under its column.
public struct BreakpointSyntaxError: Error, Sendable, Equatable, CustomStringConvertible, Codable {
  /// The character at which reading ended, from 1; one past the last where the text ended too soon.
  public let column: Int
  /// What could have stood there, `a number`.
  public let expected: String
  /// What stands there, in quotes; `the end` where nothing does.
  public let got: String

  /// The error at a column.
  public init(column: Int, expected: String, got: String) {
    self.column = column
    self.expected = expected
    self.got = got
  }

  /// The error as a sentence without its column.
  public var message: String { "Expected \(expected), but got \(got)." }

  public var description: String { "Column \(column): expected \(expected), but got \(got)." }
}
