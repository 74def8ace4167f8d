import Localization
import Numbers
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
      let head = [localized("epoch \(result.epoch)/\(epochs)"), localized("step \(result.step)")]
      return (head + measures(result)).joined(separator: "  ")
    }
    return JSON([
      "epoch": result.epoch, "iteration": result.step, "loss": number(result.loss),
      "validationLoss": number(result.validationLoss), "trainAccuracy": number(result.trainAccuracy),
      "validationAccuracy": number(result.validationAccuracy), "seconds": seconds(result),
    ]).text(sortsKeys: false)
  }

  /// The last line of a run.
  package func finalLine(for result: EpochResult) -> String {
    guard isJSON else {
      let head = [
        result.epoch == 1 ? localized("done: 1 epoch") : localized("done: \(result.epoch) epochs"),
        result.step == 1 ? localized("1 step") : localized("\(result.step) steps"),
      ]
      return (head + measures(result)).joined(separator: ", ")
    }
    return JSON([
      "done": true, "epochs": result.epoch, "iterations": result.step, "loss": number(result.loss),
      "validationLoss": number(result.validationLoss), "trainAccuracy": number(result.trainAccuracy),
      "validationAccuracy": number(result.validationAccuracy), "seconds": seconds(result),
    ]).text(sortsKeys: false)
  }

  /// The losses, the accuracies where there are any, and the time.
  private func measures(_ result: EpochResult) -> [String] {
    [
      localized("loss \(NumberText.loss(result.loss))"),
      result.validationLoss.map { localized("validation loss \(NumberText.loss($0))") },
      result.trainAccuracy.map { localized("training accuracy \(NumberText.share($0))") },
      result.validationAccuracy.map { localized("validation accuracy \(NumberText.share($0))") },
      "\(NumberText.seconds(result.seconds)) s",
    ].compactMap { $0 }
  }

  /// All digits, with a point in whole numbers too.
  private func number(_ value: Double?) -> JSON {
    guard let value, value.isFinite else { return .null }
    return .literal(plainText(value))
  }

  private func seconds(_ result: EpochResult) -> JSON {
    result.seconds.isFinite ? .literal(NumberText.fixed(result.seconds, decimals: 3)) : .null
  }
}
