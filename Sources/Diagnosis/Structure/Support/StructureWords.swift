import Localization
import Numbers
import Trace

/// Phrases that rules of structure share.
enum StructureWords {
  /// The first three names, and how many more there are.
  static func names(_ names: [String]) -> String {
    let shown = names.prefix(3).joined(separator: ", ")
    return names.count > 3 ? localized("\(shown) and \(names.count - 3) more") : shown
  }

  /// A number with three digits.
  static func figure(_ number: Double) -> String { NumberText.trimmed(NumberText.significant(number)) }

  /// The smallest and the largest number of a value.
  static func range(_ value: TensorStatistics) -> String {
    localized("\(figure(Double(value.minimum))) to \(figure(Double(value.maximum)))")
  }

  /// What an error said, as evidence.
  static func error(_ message: String) -> String { localized("the error says: \(message)") }

  /// Which operator computed what a loss reads.
  static func source(of loss: LossCall) -> String {
    localized("\(loss.made.name) is computed by \(loss.made.operation), and \(loss.node.name) reads it")
  }
}
