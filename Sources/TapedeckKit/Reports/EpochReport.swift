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
      return "epoch \(result.epoch)/\(epochs)  step \(result.step)  loss \(decimal(result.loss, 4))"
        + "  training accuracy \(decimal(result.trainAccuracy, 3))\(validation)  \(decimal(result.seconds, 2)) s"
    }
    return JSON([
      "epoch": result.epoch, "iteration": result.step, "loss": number(result.loss),
      "trainAccuracy": number(result.trainAccuracy), "validationAccuracy": number(result.validationAccuracy),
      "seconds": seconds(result),
    ]).text(sortsKeys: false)
  }

  /// The last line of a run.
  package func finalLine(for result: EpochResult) -> String {
    guard isJSON else {
      let validation = result.validationAccuracy.map { ", validation accuracy \(decimal($0, 3))" } ?? ""
      let epochs = result.epoch == 1 ? "1 epoch" : "\(result.epoch) epochs"
      return "done: \(epochs), \(result.step) steps, training accuracy "
        + "\(decimal(result.trainAccuracy, 3))\(validation), \(decimal(result.seconds, 2)) s"
    }
    return JSON([
      "done": true, "epochs": result.epoch, "iterations": result.step,
      "trainAccuracy": number(result.trainAccuracy), "validationAccuracy": number(result.validationAccuracy),
      "seconds": seconds(result),
    ]).text(sortsKeys: false)
  }

  /// All digits, with a point in whole numbers too.
  private func number(_ value: Double?) -> JSON {
    guard let value, value.isFinite else { return .null }
    return .literal("\(value)")
  }

  private func seconds(_ result: EpochResult) -> JSON {
    result.seconds.isFinite ? .literal(decimal(result.seconds, 3)) : .null
  }

  /// What is not finite reads `nan` and `inf`, as in PyTorch.
  private func decimal(_ value: Double, _ places: Int) -> String {
    guard value.isFinite else { return plainText(value) }
    let form = value.magnitude < 1e7 ? "%.\(places)f" : "%.\(places)e"
    return String(format: form, locale: Locale(identifier: "en_US_POSIX"), value)
  }
}
