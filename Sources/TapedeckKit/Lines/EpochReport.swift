import Foundation
import Trace

/// The lines that a run without a screen prints: plain for people, or one JSON object each for programs.
package struct EpochReport: Sendable {
  /// Whether the lines are JSON.
  package let isJSON: Bool

  /// A report in one of the two forms.
  package init(isJSON: Bool) { self.isJSON = isJSON }

  /// The line for an epoch.
  package func line(for result: EpochResult, of epochs: Int) -> String {
    guard isJSON else {
      let validation = result.validationAccuracy.map { "  validation accuracy \(decimal($0, 3))" } ?? ""
      return "epoch \(result.epoch)/\(epochs)  iteration \(result.iteration)  loss \(decimal(result.loss, 4))"
        + "  training accuracy \(decimal(result.trainAccuracy, 3))\(validation)  \(decimal(result.seconds, 2)) s"
    }
    return object([
      ("epoch", "\(result.epoch)"), ("iteration", "\(result.iteration)"), ("loss", number(result.loss)),
      ("trainAccuracy", number(result.trainAccuracy)),
      ("validationAccuracy", result.validationAccuracy.map(number) ?? "null"),
      ("seconds", decimal(result.seconds, 3)),
    ])
  }

  /// The last line of a run.
  package func finalLine(for result: EpochResult) -> String {
    guard isJSON else {
      let validation = result.validationAccuracy.map { ", validation accuracy \(decimal($0, 3))" } ?? ""
      let epochs = result.epoch == 1 ? "1 epoch" : "\(result.epoch) epochs"
      return "done: \(epochs), \(result.iteration) iterations, training accuracy "
        + "\(decimal(result.trainAccuracy, 3))\(validation), \(decimal(result.seconds, 2)) s"
    }
    return object([
      ("done", "true"), ("epochs", "\(result.epoch)"), ("iterations", "\(result.iteration)"),
      ("trainAccuracy", number(result.trainAccuracy)),
      ("validationAccuracy", result.validationAccuracy.map(number) ?? "null"),
      ("seconds", decimal(result.seconds, 3)),
    ])
  }

  private func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }

  /// The shortest digits that give the number back; JSON has no NaN or infinity, so those are null.
  private func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "null" }

  /// What is not finite reads `nan` and `inf`, as in PyTorch.
  private func decimal(_ value: Double, _ places: Int) -> String {
    guard value.isFinite else { return plainText(value) }
    let form = value.magnitude < 1e7 ? "%.\(places)f" : "%.\(places)e"
    return String(format: form, locale: Locale(identifier: "en_US_POSIX"), value)
  }
}
