import Localization
import Numbers
import Trace

extension Rule {
  /// A validation loss that rises while the training loss falls.
  static let overfitting = Rule(
    "overfitting", .statistics,
    summary: { localized("a validation loss that rises while the training loss falls") }, measure: .loss,
    thresholds: [
      Threshold(
        "gap", 0.1, source: localized("SageMaker Debugger, Overfit: (validation − training) ÷ training")),
      Threshold(
        "rise", 0.1,
        source: localized("above its lowest; noise of small validation sets is averaged over 3 epochs")),
      Threshold("epochs", 3, source: localized("this many epochs in succession")),
      Threshold(
        "accuracy", 0.1,
        source:
          localized(
            "training − validation: with classes the loss rises for samples that are certain and wrong, while as many are right as before; sound runs on digits and Fashion-MNIST end with 0.08"
          )),
    ], judge: { Overfitting(thresholds: $0) })
}

/// Follows the means of three epochs.
private struct Overfitting: Judge {
  private struct Losses {
    var epoch: Int
    var train: Double
    var validation: Double
  }

  private let thresholds: ThresholdValues
  private var last: [Losses] = []
  private var best: Losses?
  private var rising = 0

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .epoch(let epoch) = fact, let validation = epoch.result.validationLoss,
      validation.isFinite, epoch.result.loss.isFinite
    else { return [] }
    last.append(Losses(epoch: epoch.result.epoch, train: epoch.result.loss, validation: validation))
    if last.count > 3 { last.removeFirst() }
    let mean = Losses(
      epoch: epoch.result.epoch, train: last.map(\.train).reduce(0, +) / Double(last.count),
      validation: last.map(\.validation).reduce(0, +) / Double(last.count))
    guard last.count == 3 else { return [] }
    guard let best, mean.validation > best.validation else {
      best = mean
      rising = 0
      return []
    }
    rising = isOverfit(mean, best: best, epoch.result) ? rising + 1 : 0
    guard Double(rising) >= thresholds["epochs"] else { return [] }
    return [finding(mean, best: best, epoch.result, run)]
  }

  private func isOverfit(_ mean: Losses, best: Losses, _ result: EpochResult) -> Bool {
    let limit = max((1 + thresholds["rise"]) * best.validation, (1 + thresholds["gap"]) * mean.train)
    guard mean.train > 0, mean.train < best.train, mean.validation > limit else { return false }
    guard let train = result.trainAccuracy, let validation = result.validationAccuracy, !train.isNaN else {
      return true
    }
    return train - validation >= thresholds["accuracy"]
  }

  private func finding(_ mean: Losses, best: Losses, _ result: EpochResult, _ run: RunFacts) -> Finding {
    let (lowest, now) = (NumberText.loss(best.validation), NumberText.loss(mean.validation))
    var evidence = [
      localized(
        "Means of three epochs: validation \(lowest) up to epoch \(best.epoch), \(now) up to epoch \(result.epoch)."
      ),
      localized(
        "In the same epochs the training loss went from \(NumberText.loss(best.train)) to \(NumberText.loss(mean.train))."
      ),
    ]
    if let train = result.trainAccuracy, let validation = result.validationAccuracy, !train.isNaN {
      evidence.append(
        localized(
          "Accuracy: training \(NumberText.percent(train)), validation \(NumberText.percent(validation))."))
    }
    return Finding(
      rule: Rule.overfitting.name, severity: .warning,
      what: localized(
        "the validation loss has risen since epoch \(best.epoch), while the training loss falls"),
      evidence: evidence,
      cause: localized(
        "The model memorizes its training samples, and what it learns does not carry over to others."),
      remedy: [
        localized("Keep the weights of epoch \(best.epoch): stop there (early stopping)."),
        Advice(run).words(
          localized("Add weight decay or dropout, or make the network smaller."),
          option: localized("Start with --weight-decay 0.001, or make the network smaller: --layers.")),
        localized("Train on more samples, or vary them (augmentation)."),
      ], location: run.optimizerLocation ?? run.location, position: .end(of: result.step))
  }
}
