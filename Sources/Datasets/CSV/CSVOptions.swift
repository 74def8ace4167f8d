/// How to read a CSV file.
public struct CSVOptions: Equatable, Sendable {
  /// What separates fields.
  public enum Separator: Character, Sendable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
  }

  /// The column that has the targets.
  public enum Column: Equatable, Sendable {
    /// The last column.
    case last
    /// The column of that name in the header.
    case named(String)
  }

  /// What the targets are.
  public enum Target: Equatable, Sendable {
    /// Class labels, numbers or text. The classes are the labels that occur, in order; integers by value.
    case classes
    /// Class labels out of a list: give a validation set the classes of its training set.
    case classesNamed([String])
    /// Numbers to come close to.
    case values
  }

  /// What separates fields.
  public var separator: Separator
  /// Whether the first line has the columns' names; `nil` to check whether an input there is not a number.
  public var hasHeader: Bool?
  /// The column that has the targets; all others are inputs.
  public var targetColumn: Column
  /// What the targets are.
  public var target: Target

  /// A way to read a CSV file.
  public init(
    separator: Separator = .comma, hasHeader: Bool? = nil, targetColumn: Column = .last,
    target: Target = .classes
  ) {
    self.separator = separator
    self.hasHeader = hasHeader
    self.targetColumn = targetColumn
    self.target = target
  }
}
