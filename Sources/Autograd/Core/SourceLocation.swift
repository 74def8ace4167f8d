/// The place in a user's source from which an operator was called.
public struct SourceLocation: Sendable {
  /// The file as `#fileID` gave it, to be passed on.
  package let fileID: StaticString
  /// The line, to be passed on.
  package let lineNumber: UInt

  /// The place given by `#fileID` and `#line`.
  public init(file: StaticString, line: UInt) {
    fileID = file
    lineNumber = line
  }

  /// The file as `#fileID` gives it: `Module/File.swift`.
  public var file: String { "\(fileID)" }

  /// The line, from 1.
  public var line: Int { Int(lineNumber) }
}

extension SourceLocation: Equatable, CustomStringConvertible {
  /// Whether both are equal.
  public static func == (left: SourceLocation, right: SourceLocation) -> Bool {
    left.lineNumber == right.lineNumber && left.file == right.file
  }

  /// As compilers print it: `MyModel/Network.swift:12`.
  public var description: String { "\(fileID):\(lineNumber)" }
}
