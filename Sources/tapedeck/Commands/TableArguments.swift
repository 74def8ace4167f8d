import ArgumentParser
import Localization
import TapedeckKit

/// The options that decide how a table is read.
struct TableArguments: ParsableArguments {
  /// An answer on the command line.
  enum Answer: String, CaseIterable {
    case yes, no
  }

  @Option(
    help: .localized(
      "The column with the targets: first, last, its name or its number; by default the last."),
    completion: .list(["first", "last"]), transform: { TableOptions.Target(rawValue: $0) })
  var target: TableOptions.Target?

  @Option(
    help: .localized(
      """
      What is learnt: classification or regression; by default regression if the target has fractions or a great many \
      values.
      """),
    completion: .choices(of: TableOptions.Task.self), transform: OptionValue.choice)
  var task: TableOptions.Task?

  @Option(
    help: .localized("What separates columns: comma, semicolon, tab or space; by default it is found."),
    completion: .choices(of: TableSeparator.self), transform: OptionValue.separator)
  var separator: TableSeparator?

  @Option(
    help: .localized("Whether the first line has the columns' names: yes or no; by default it is found out."),
    completion: .choices(of: Answer.self), transform: OptionValue.choice)
  var header: Answer?

  @Option(help: .localized("Columns to leave out, by name or number, separated by commas."))
  var drop: String?

  @Option(
    help: .localized(
      "What becomes of rows in which a value is missing: drop leaves them out, mean fills in the column's mean."
    ),
    completion: .choices(of: TableOptions.Missing.self), transform: OptionValue.choice)
  var missing: TableOptions.Missing?

  @Flag(
    inversion: .prefixedNo,
    help: .localized(
      "Bring the columns of numbers to mean 0 and deviation 1; by default on for tables, off for arrays."))
  var standardize: Bool?

  @Option(
    parsing: .unconditional, help: .localized("The share of the rows that validates; by default 0.2."),
    transform: OptionValue.number)
  var validation: Double?

  @Option(
    help: .localized(
      "What validates in place of a share of the rows: a table FILE.csv, or arrays X.npy,Y.npy or FILE.npz."),
    completion: .file())
  var test: String?

  /// The options as settings.
  var options: TableOptions {
    var options = TableOptions()
    options.target = target
    options.task = task
    options.separator = separator
    options.hasHeader = header.map { $0 == .yes }
    options.drop = drop?.split(separator: ",").map { String($0).trimmingBlanks } ?? []
    options.missing = missing
    options.standardizes = standardize
    options.validation = validation
    options.test = test
    return options
  }

  /// The first option that was given although the settings come from a recording; nil for none.
  var givenOption: String? {
    let given: [(String, Bool)] = [
      ("--target", target != nil), ("--task", task != nil), ("--separator", separator != nil),
      ("--header", header != nil), ("--drop", drop != nil), ("--missing", missing != nil),
      ("--standardize", standardize != nil), ("--validation", validation != nil),
    ]
    return given.first { $0.1 }?.0
  }
}

extension String {
  /// The text without spaces at both ends.
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
