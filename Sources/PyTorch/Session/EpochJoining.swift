import Trace

/// Joins the end of an epoch with the evaluation that follows it: a script evaluates after the epoch's last step.
struct EpochJoining: Sendable {
  private var open: EpochResult?
  private var count = 0
  private var evaluation: EvaluationMessage?

  /// An epoch has ended; its result waits for an evaluation.
  mutating func take(_ epoch: EpochMessage) -> [EpochResult] {
    let before = flush()
    var result = EpochResult(
      epoch: epoch.epoch, step: epoch.step, loss: epoch.loss, validationLoss: nil, trainAccuracy: nil,
      validationAccuracy: nil, seconds: epoch.seconds)
    if let evaluation, evaluation.step == epoch.step { result.add(evaluation) }
    evaluation = nil
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
    var result = EpochResult(
      epoch: count, step: message.step, loss: .nan, validationLoss: nil, trainAccuracy: nil,
      validationAccuracy: nil, seconds: 0)
    result.add(message)
    return [result]
  }

  /// Training continues after a step: an epoch that ended before it gets no evaluation.
  mutating func trained(to step: Int) -> [EpochResult] {
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
