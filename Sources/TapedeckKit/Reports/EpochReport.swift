import Localization
import Numbers
import Trace

/// The lines that a run without a screen prints: plain for people, or one JSON object each for programs.
package struct EpochReport: Sendable {
  /// Whether the lines are JSON.
  package let isJSON: Bool

  /// The number that is to be come close to; nil where there are classes.
  var regression: RegressionTarget?

  /// A report in one of the two forms.
  package init(isJSON: Bool, regression: RegressionTarget? = nil) {
    self.isJSON = isJSON
    self.regression = regression
  }

  /// The line for an epoch.
  package func line(for result: EpochResult, of epochs: Int) -> String {
    guard isJSON else {
      let head = [localized("epoch \(result.epoch)/\(epochs)"), localized("step \(result.step)")]
      return (head + measures(result)).joined(separator: "  ")
    }
    return object(
      [
        "epoch": result.epoch, "iteration": result.step, "loss": number(result.loss),
        "validationLoss": number(result.validationLoss), "trainAccuracy": number(result.trainAccuracy),
        "validationAccuracy": number(result.validationAccuracy), "seconds": seconds(result),
      ], result)
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
    return object(
      [
        "done": true, "epochs": result.epoch, "iterations": result.step, "loss": number(result.loss),
        "validationLoss": number(result.validationLoss), "trainAccuracy": number(result.trainAccuracy),
        "validationAccuracy": number(result.validationAccuracy), "seconds": seconds(result),
      ], result)
  }

  /// An object of an epoch's numbers, with R² and the error of a regression.
  private func object(_ members: KeyValuePairs<String, any JSONValue>, _ result: EpochResult) -> String {
    guard case .object(var all) = JSON(members), let regression else {
      return JSON(members).text(sortsKeys: false)
    }
    let loss = result.validationLoss
    all += [
      ("trainR2", number(regression.trainR2(loss: result.loss))),
      ("validationR2", number(loss.flatMap(regression.validationR2))),
      ("validationError", number(loss.map(regression.error))),
    ]
    return JSON.object(all).text(sortsKeys: false)
  }

  /// R² and the error of a regression, in the target's units.
  private func regressionMeasures(_ result: EpochResult) -> [String] {
    guard let regression else { return [] }
    let train = regression.trainR2(loss: result.loss).map { localized("training R² \(NumberText.share($0))") }
    guard let loss = result.validationLoss else { return [train].compactMap { $0 } }
    let error = NumberText.loss(regression.error(loss: loss))
    return [
      train,
      regression.validationR2(loss: loss).map { localized("validation R² \(NumberText.share($0))") },
      localized("validation error \(error) in '\(regression.name.withVisibleControls)'"),
    ].compactMap { $0 }
  }

  /// The losses, the accuracies where there are any, what a regression has in their place, and the time.
  private func measures(_ result: EpochResult) -> [String] {
    let losses: [String?] = [
      localized("loss \(NumberText.loss(result.loss))"),
      result.validationLoss.map { localized("validation loss \(NumberText.loss($0))") },
    ]
    let accuracies: [String?] = [
      result.trainAccuracy.map { localized("training accuracy \(NumberText.share($0))") },
      result.validationAccuracy.map { localized("validation accuracy \(NumberText.share($0))") },
    ]
    return (losses + accuracies).compactMap { $0 } + regressionMeasures(result)
      + ["\(NumberText.seconds(result.seconds)) s"]
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
