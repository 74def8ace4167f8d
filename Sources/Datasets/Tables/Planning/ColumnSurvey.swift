/// What is in a column of a table, the first row left aside.
struct ColumnSurvey: Equatable {
  /// How many fields are numbers.
  var numbers = 0
  /// How many of the numbers have a fraction.
  var fractions = 0
  /// How many fields are words.
  var words = 0
  /// How many fields have no value.
  var missing = 0
  /// Whether the word in the first row occurs again.
  var repeatsFirst = false
  /// Whether the numbers count the rows: each is the one before it and 1.
  var isCount = true
  /// The first of its numbers.
  private(set) var begin: Float?
  private var latest: Float?

  /// Whether its fields are numbers: those that are not are mistakes if they are few.
  var isNumeric: Bool { numbers > words }
  /// Whether it has no value at all.
  var isEmpty: Bool { numbers == 0 && words == 0 }

  /// Whether so many different whole numbers are hardly classes: each would have few rows.
  func hasTooManyClasses(_ different: Int) -> Bool {
    isNumeric && fractions == 0 && (different > 100 || different > 20 && different * 10 > numbers)
  }

  /// Adds the field of a row.
  mutating func add(_ cell: TableCell) {
    switch cell {
    case .missing:
      missing += 1
      isCount = false
    case .word:
      words += 1
      isCount = false
    case .number(let value):
      numbers += 1
      if value != value.rounded() { fractions += 1 }
      if let latest { isCount = isCount && value == latest + 1 }
      begin = begin ?? value
      latest = value
    }
  }
}
