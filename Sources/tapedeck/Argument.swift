import ArgumentParser
import TapedeckKit

/// Reads values from the command line; what cannot be read is said in one sentence.
enum Argument {
  /// Sizes, `64,128,10`.
  @Sendable static func layers(_ text: String) throws -> [Int] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let sizes = parts.compactMap { Int($0) }
    guard sizes.count == parts.count else {
      throw ValidationError(
        "--layers expects whole numbers with commas between, such as 64,128,10, but got '\(text)'.")
    }
    return sizes
  }

  /// The name of an optimizer.
  @Sendable static func optimizer(_ text: String) throws -> TrainSettings.OptimizerKind {
    guard let kind = TrainSettings.OptimizerKind(rawValue: text) else {
      let names = TrainSettings.OptimizerKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--optimizer expects one of \(names), but got '\(text)'.")
    }
    return kind
  }

  /// A seed.
  @Sendable static func seed(_ text: String) throws -> UInt64 {
    guard let seed = UInt64(text) else {
      throw ValidationError("--seed expects a whole number from 0 to \(UInt64.max), but got '\(text)'.")
    }
    return seed
  }

  /// A number for an option.
  static func number(_ option: String) -> @Sendable (String) throws -> Double {
    { text in
      guard let number = Double(text) else {
        throw ValidationError("\(option) expects a number, such as 0.1, but got '\(text)'.")
      }
      return number
    }
  }

  /// A whole number for an option.
  static func wholeNumber(_ option: String) -> @Sendable (String) throws -> Int {
    { text in
      guard let number = Int(text) else {
        throw ValidationError("\(option) expects a whole number, but got '\(text)'.")
      }
      return number
    }
  }
}
