/// How the rows of a table become inputs and targets: every decision about it.
package struct TablePlan: Sendable, Equatable {
  /// A column that is an input.
  struct Feature: Sendable, Equatable {
    /// Its place among the columns, from 0.
    var column: Int
    /// Its name.
    var name: String
    /// The words that occur in it, each of which becomes an input; nil for a column of numbers.
    var categories: [String]?

    /// How many inputs it becomes.
    var width: Int { categories?.count ?? 1 }
  }

  /// What a network is to answer.
  enum Answer: Sendable, Equatable {
    /// One of these classes.
    case classes([String])
    /// A number.
    case number
  }

  /// A column that is not used.
  struct LeftOut: Sendable, Equatable {
    /// Why a column is not used.
    enum Reason: Sendable, Equatable {
      case userDropped
      /// Its numbers are 0, 1, 2, … or 1, 2, 3, ….
      case countsRows
      /// It has no name, and another value in each row.
      case namesRows
      /// It has another word in each row.
      case wordsDiffer
      /// It has so many words.
      case manyCategories(Int)
      case empty
    }

    /// Its place among the columns, from 0.
    var column: Int
    /// Its name.
    var name: String
    /// Why it is not used.
    var reason: Reason
  }

  /// What separates fields.
  var separator: TableSeparator
  /// Whether the first row has the columns' names.
  var hasHeader: Bool
  /// Whether the header is that of pandas for columns without names: 0, 1, 2, ….
  var hasRangeHeader: Bool
  /// The names of all columns.
  var names: [String]
  /// The inputs, in the order of the columns.
  var features: [Feature]
  /// The place of the column with the targets.
  var targetColumn: Int
  /// What a network is to answer.
  var answer: Answer
  /// The columns that are not used.
  var leftOut: [LeftOut]
  /// Whether the answer is a number only because there would be too many classes.
  var hasTooManyClasses = false
  /// The column that may have been meant as the target, where the user named none.
  var likelyTarget: String?

  /// The name of the column with the targets.
  var targetName: String { names[targetColumn] }
  /// The number of inputs.
  var featureCount: Int { features.reduce(0) { $0 + $1.width } }
  /// The names of the inputs.
  var featureNames: [String] {
    features.flatMap { feature in
      feature.categories.map { $0.map { "\(feature.name)=\($0)" } } ?? [feature.name]
    }
  }
  /// Whether each input is a number of the table, and not one of a column's categories.
  var areNumbers: [Bool] {
    features.flatMap { [Bool](repeating: $0.categories == nil, count: $0.width) }
  }
}
