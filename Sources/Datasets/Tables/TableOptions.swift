/// What the user decides about a table; what is left open is found from the file.
package struct TableOptions: Sendable, Equatable, Codable {
  /// The column with the targets.
  package enum Target: RawRepresentable, Sendable, Equatable, Codable {
    case first
    case last
    /// A column by its name in the header, or by its number from 1.
    case column(String)

    /// The column that a word names.
    package init(rawValue: String) {
      switch rawValue {
      case "first": self = .first
      case "last": self = .last
      default: self = .column(rawValue)
      }
    }

    /// The word that names the column.
    package var rawValue: String {
      switch self {
      case .first: "first"
      case .last: "last"
      case .column(let name): name
      }
    }
  }

  /// What is learnt.
  package enum Task: String, Sendable, CaseIterable, Codable {
    case classification
    case regression
  }

  /// What becomes of rows in which a value is missing.
  package enum Missing: String, Sendable, CaseIterable, Codable {
    /// They are left out.
    case drop
    /// A missing number is the mean of its column in the training part; a missing word belongs to no category.
    case mean
  }

  /// What separates fields; nil to find it.
  package var separator: TableSeparator?
  /// Whether the first row has the columns' names; nil to find out.
  package var hasHeader: Bool?
  /// The column with the targets; nil for the last.
  package var target: Target?
  /// What is learnt; nil for what the target is: words and few whole numbers are classes, others numbers.
  package var task: Task?
  /// Columns to leave out, by name or number.
  package var drop: [String] = []
  /// What becomes of rows in which a value is missing; nil if there must be none.
  package var missing: Missing?
  /// Whether numbers are brought to mean 0 and deviation 1; nil for what is usual: in tables they are, in arrays not.
  package var standardizes: Bool?
  /// The share of the rows that validates; nil for a fifth.
  package var validation: Double?
  /// A file whose rows validate instead.
  package var test: String?

  /// Everything is found from the file.
  package init() {}

  /// The share of the rows that validates.
  var validationShare: Double { validation ?? 0.2 }
}
