import Trace

/// Joins the end of an epoch with the evaluation that follows it: a script evaluates after the epoch's last step.
struct EpochJoining: Sendable {
  private var open: EpochResult?
  private var count = 0
  private var evaluation: EvaluationMessage?
  /// The losses of the steps since the last evaluation.
  private var losses = (sum: 0.0, count: 0)

  /// An epoch has ended; its result waits for an evaluation.
  mutating func take(_ epoch: EpochMessage) -> [EpochResult] {
    let before = flush()
    var result = EpochResult(
      epoch: epoch.epoch, step: epoch.step, loss: epoch.loss, validationLoss: nil, trainAccuracy: nil,
      validationAccuracy: nil, seconds: epoch.seconds)
    if let evaluation, evaluation.step == epoch.step { result.add(evaluation) }
    (evaluation, losses) = (nil, (0, 0))
    open = result
    return before
  }

  /// An evaluation has ended: it belongs to the epoch that has just ended, or has a result of its own where no data loader
  /// tells epochs.
  mutating func take(_ message: EvaluationMessage) -> [EpochResult] {
    if open != nil {
      open?.add(message)
      return flush()
    }
    guard message.epoch == 0 else {
      evaluation = message
      return []
    }
    count += 1
    let loss = losses.sum / Double(losses.count)
    losses = (0, 0)
    var result = EpochResult(
      epoch: count, step: message.step, loss: loss, validationLoss: nil, trainAccuracy: nil,
      validationAccuracy: nil, seconds: 0)
    result.add(message)
    return [result]
  }

  /// Training has come to a step, with the losses of those before it: an epoch that ended before it gets no evaluation.
  mutating func trained(to step: Int, losses new: some Sequence<Float>) -> [EpochResult] {
    for loss in new where !loss.isNaN { losses = (losses.sum + Double(loss), losses.count + 1) }
    guard let open, step > open.step else { return [] }
    return flush()
  }

  /// The result that waits.
  mutating func flush() -> [EpochResult] {
    defer { open = nil }
    return open.map { [$0] } ?? []
  }
}

extension EpochResult {
  fileprivate mutating func add(_ message: EvaluationMessage) {
    validationLoss = message.loss.flatMap { $0.isNaN ? nil : $0 }
    validationAccuracy = message.accuracy
  }
}
