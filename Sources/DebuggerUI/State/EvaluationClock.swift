import Trace

/// How far an evaluation has come that takes long, and since when.
private struct EvaluationClock: StatePart {
  var share: Double?
  var began = (share: 0.0, seconds: 0.0)
  var secondsLeft: Double?
}

extension DebuggerState {
  /// The share of an evaluation that is done, and how many seconds the rest takes; nil when there is none.
  var evaluation: (share: Double, secondsLeft: Double?)? {
    let clock = parts[EvaluationClock.self]
    return clock.share.map { ($0, clock.secondsLeft) }
  }

  /// Follows an evaluation; `seconds` is the time now.
  mutating func followEvaluation(_ news: RunUpdate, at seconds: Double) {
    guard let share = news.evaluation else {
      let isBeyond = news.moment != nil || !news.epochs.isEmpty || news.status != nil
      if isBeyond { parts[EvaluationClock.self] = EvaluationClock() }
      return
    }
    var clock = parts[EvaluationClock.self]
    if clock.share.map({ share < $0 }) ?? true { clock.began = (share, seconds) }
    let done = share - clock.began.share
    let whole = 1 - clock.began.share
    clock.secondsLeft =
      whole > 0 ? TimeLeft.seconds(share: done / whole, after: seconds - clock.began.seconds) : nil
    clock.share = share
    parts[EvaluationClock.self] = clock
  }
}
