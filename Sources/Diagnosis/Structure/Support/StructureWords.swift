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

  /// The names of modules, with the class of each whose name ends in a number: `1 (BatchNorm1d), body.drop`.
  static func modules(_ names: [String], of run: RunFacts) -> String {
    StructureWords.names(
      names.map { name in
        guard name.split(separator: ".").last?.allSatisfy(\.isNumber) == true,
          let known = run.modulesWithModes.first(where: { $0.name == name })?.className
        else { return name }
        return "\(name) (\(known))"
      })
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
