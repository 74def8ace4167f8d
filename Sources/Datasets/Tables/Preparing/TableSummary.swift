import Localization

/// What was decided about a table, in one line.
struct TableSummary {
  /// What validates.
  enum Validation {
    case share(Double)
    case file(String)
  }

  private let plan: TablePlan
  private let rows: Int
  /// What became of rows in which a value was missing.
  var missing = MissingRule.Result()
  /// Whether the numbers have mean 0 and deviation 1.
  var isStandardized = false
  /// What validates.
  var validation = Validation.share(0.2)

  /// Names that are listed before the rest is left out.
  private static let nameLimit = 10

  init(_ plan: TablePlan, rows: Int) { (self.plan, self.rows) = (plan, rows) }

  /// `150 rows, 4 numbers, class 'species' in column 5: setosa, versicolor, virginica; standardized; 20 % to validate`.
  var text: String {
    ([contents, header, leftOut, concerned, scaling, held, hint].compactMap { $0 }).joined(separator: "; ")
  }

  private var contents: String {
    let numbers = plan.features.count { $0.categories == nil }
    let words = plan.features.filter { $0.categories != nil }
    var parts = [rows == 1 ? localized("1 row") : localized("\(rows) rows")]
    if numbers > 0 { parts.append(numbers == 1 ? localized("1 number") : localized("\(numbers) numbers")) }
    if !words.isEmpty {
      let names = Self.list(words.map { "'\($0.name)'" })
      parts.append(
        words.count == 1
          ? localized("1 column of words (\(names), \(words[0].width) categories)")
          : localized(
            "\(words.count) columns of words (\(names), \(words.reduce(0) { $0 + $1.width }) categories)"))
    }
    switch plan.answer {
    case .classes(let classes):
      parts.append(
        plan.hasHeader
          ? localized("class '\(plan.targetName)' in column \(plan.targetColumn + 1): \(Self.list(classes))")
          : localized("class in column \(plan.targetColumn + 1): \(Self.list(classes))"))
    case .number:
      parts.append(
        plan.hasHeader
          ? localized("regression of the number '\(plan.targetName)' in column \(plan.targetColumn + 1)")
          : localized("regression of the number in column \(plan.targetColumn + 1)"))
    }
    return parts.joined(separator: ", ")
  }

  private var header: String? {
    plan.hasRangeHeader ? localized("the first line, 0, 1, 2, …, is a header") : nil
  }

  private var leftOut: String? {
    guard !plan.leftOut.isEmpty else { return nil }
    let columns = plan.leftOut.map { column in
      let name = "'\(column.name)'"
      return switch column.reason {
      case .userDropped: name
      case .countsRows: localized("\(name), which counts the rows")
      case .namesRows: localized("\(name), which names the rows")
      case .wordsDiffer: localized("\(name), whose words differ from row to row")
      case .manyCategories(let count): localized("\(name), which has too many categories (\(count))")
      case .empty: localized("\(name), which is empty")
      }
    }
    return localized("left out: \(Self.list(columns))")
  }

  private var concerned: String? {
    var parts: [String] = []
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { parts.append(count == 1 ? one : many) }
    }
    let (rows, targets) = (missing.leftOut, missing.withoutTarget)
    add(
      rows, localized("1 row with a missing value left out"),
      localized("\(rows) rows with a missing value left out"))
    add(
      targets, localized("1 row without a target left out"),
      localized("\(targets) rows without a target left out"))
    let (numbers, words) = (missing.withFilledNumber, missing.withoutWord)
    add(
      numbers, localized("1 row with a missing number, filled with the mean"),
      localized("\(numbers) rows with a missing number, filled with the mean"))
    add(
      words, localized("1 row with a missing word, which is in no category"),
      localized("\(words) rows with a missing word, which is in no category"))
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private var scaling: String {
    guard isStandardized else { return localized("not standardized") }
    return plan.answer == .number ? localized("standardized, the target too") : localized("standardized")
  }

  private var held: String { Self.held(validation) }

  /// Where the target is a number only because it comes last, the column that may have been meant; where there are many
  /// classes that are numbers, that they can be learnt as one.
  private var hint: String? {
    if case .classes(let names) = plan.answer, names.count > 10, names.allSatisfy({ Double($0) != nil }) {
      return localized("--task regression learns the number instead")
    }
    if plan.hasTooManyClasses { return localized("--task classification learns classes instead") }
    guard plan.answer == .number, let name = plan.likelyTarget else { return nil }
    return localized("--target \(name) learns '\(name)' instead")
  }

  static func held(_ validation: Validation) -> String {
    switch validation {
    case .share(let share):
      let percent = share * 100
      let text = percent == percent.rounded() ? "\(Int(percent))" : "\(Float(percent))"
      return localized("\(text) % to validate")
    case .file(let name): return localized("validated with \(name)")
    }
  }

  /// A list that ends after some names.
  static func list(_ names: [String]) -> String {
    names.count <= nameLimit
      ? names.joined(separator: ", ")
      : names.prefix(nameLimit).joined(separator: ", ") + localized(", … (\(names.count))")
  }
}
