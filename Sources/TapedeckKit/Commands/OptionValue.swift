import ArgumentParser
import Datasets
import Export
import Localization
import Trace

/// Reads values from the command line; an invalid one is reported in one sentence.
package enum OptionValue {
  /// What `--threads` is for.
  package static var threadsHelp: ArgumentHelp {
    .localized(
      """
      The maximum number of threads for matrix products and long loops; by default one for each core, or one fewer while the \
      screen is shown. The results are the same with any number.
      """)
  }

  /// Sizes, `64,128,10`.
  @Sendable package static func layers(_ text: String) throws -> [Int] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let sizes = parts.compactMap { Int($0) }
    guard sizes.count == parts.count else {
      throw ValidationError(
        localized("expected whole numbers separated by commas, such as 64,128,10."))
    }
    return sizes
  }

  /// Data by name or file.
  @Sendable package static func data(_ text: String) throws -> DataSource {
    guard let source = DataSource(text) else {
      throw ValidationError(
        localized("expected one of \(DataSource.choices)."))
    }
    return source
  }

  /// What separates the columns of a table: a word, or the character itself.
  @Sendable package static func separator(_ text: String) throws -> TableSeparator {
    guard let separator = TableSeparator(naming: text) else {
      let names = TableSeparator.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(localized("expected one of \(names)."))
    }
    return separator
  }

  /// The name of an optimizer.
  @Sendable package static func optimizer(_ text: String) throws -> OptimizerKind {
    guard let kind = OptimizerKind(rawValue: text) else {
      let names = OptimizerKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(localized("expected one of \(names)."))
    }
    return kind
  }

  /// One of some words.
  @Sendable package static func choice<Choice: RawRepresentable<String> & CaseIterable>(_ text: String) throws
    -> Choice
  {
    guard let choice = Choice(rawValue: text) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(localized("expected one of \(names)."))
    }
    return choice
  }

  /// The words of some choices in a sentence: `relu, tanh or sigmoid`.
  package static func names(_ choices: [some RawRepresentable<String>]) -> String {
    let names = choices.map(\.rawValue)
    return names.count < 2
      ? names.joined()
      : "\(names.dropLast().joined(separator: ", ")) \(localized("or")) \(names[names.count - 1])"
  }

  /// A phase of a step.
  @Sendable package static func phase(_ text: String) throws -> Phase {
    guard let phase = Phase.allCases.first(where: { $0.name == text }) else {
      throw ValidationError(
        localized("expected one of \(Phase.allCases.map(\.name).joined(separator: ", "))."))
    }
    return phase
  }

  /// A node's tensor.
  @Sendable package static func view(_ text: String) throws -> TensorView {
    guard let view = TensorView(rawValue: text) else {
      throw ValidationError(
        localized("expected one of \(TensorView.allCases.map(\.rawValue).joined(separator: ", "))."))
    }
    return view
  }

  /// A format that a recording can be written in.
  @Sendable package static func exportFormat(_ text: String) throws -> ExportFormat {
    guard let format = ExportFormat.named(text) else {
      throw ValidationError(
        localized("expected one of \(ExportFormat.all.map(\.name).joined(separator: ", "))."))
    }
    return format
  }

  /// Columns and rows, `120x40`.
  @Sendable package static func screenSize(_ text: String) throws -> (columns: Int, rows: Int) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1], (60...400).contains(columns),
      (16...200).contains(rows)
    else {
      throw ValidationError(localized("expected columns and rows from 60x16 to 400x200, such as 120x40."))
    }
    return (columns, rows)
  }

  /// A cell's index, `3,17`.
  @Sendable package static func cell(_ text: String) throws -> [Int] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let index = parts.compactMap { Int($0) }
    guard index.count == parts.count, index.allSatisfy({ $0 >= 0 }) else {
      throw ValidationError(
        localized("expected whole numbers from 0 on, separated by commas, such as 3,17."))
    }
    return index
  }

  /// A seed.
  @Sendable package static func seed(_ text: String) throws -> UInt64 {
    guard let seed = UInt64(text) else {
      throw ValidationError(localized("expected a whole number from 0 to \(UInt64.max)."))
    }
    return seed
  }

  /// A number for an option.
  @Sendable package static func number(_ text: String) throws -> Double {
    guard let number = Double(text) else {
      throw ValidationError(localized("expected a number, such as 0.1."))
    }
    return number
  }

  /// A whole number for an option.
  @Sendable package static func wholeNumber(_ text: String) throws -> Int {
    guard let number = Int(text) else {
      throw ValidationError(localized("expected a whole number."))
    }
    return number
  }

  /// The breakpoints of `--break`, numbered from 1.
  static func breakpoints(_ texts: [String]) throws -> [Breakpoint] {
    try texts.enumerated().map { place, text in
      do { return try Breakpoint(id: place + 1, parsing: text) } catch {
        throw ValidationError("--break '\(text)': \(error)")
      }
    }
  }

  /// - Throws: a sentence where `--pace` is not a number of steps per second.
  static func check(pace: Double?) throws {
    guard pace.map({ $0 >= 0 && $0.isFinite }) ?? true else {
      throw ValidationError(localized("--pace expects a number of at least 0, but got \(pace ?? 0)."))
    }
  }

  /// - Throws: a sentence where `--history` is not a number of megabytes.
  static func check(history: Int) throws {
    guard (1...1_000_000).contains(history) else {
      throw ValidationError(
        localized("--history expects a whole number of megabytes from 1 to 1000000, but got \(history)."))
    }
  }
}
