import Trace

/// How far a test of the model has come, and since when.
private struct ModelTestClock: StatePart {
  var progress: ModelTestProgress?
  var began = 0.0
  var secondsLeft: Double?
}

extension DebuggerState {
  /// The progress of a test of the model, and how many seconds the rest takes; nil when there is none.
  var modelTest: (progress: ModelTestProgress, secondsLeft: Double?)? {
    let clock = parts[ModelTestClock.self]
    return clock.progress.map { ($0, clock.secondsLeft) }
  }

  /// Follows a test of the model; `seconds` is the time now.
  mutating func followModelTest(_ news: RunUpdate, at seconds: Double) {
    guard let progress = news.modelTest else {
      if news.moment != nil || news.status != nil { parts[ModelTestClock.self] = ModelTestClock() }
      return
    }
    var clock = parts[ModelTestClock.self]
    if clock.progress?.test != progress.test || progress.done < clock.progress?.done ?? 0 {
      clock = ModelTestClock(began: seconds)
    }
    clock.progress = progress
    clock.secondsLeft =
      TimeLeft.seconds(share: progress.share, after: seconds - clock.began) ?? clock.secondsLeft
    parts[ModelTestClock.self] = clock
  }

  /// Stops a test of the model; false if there is none.
  mutating func stopModelTest() -> Bool {
    guard modelTest != nil, canVisit else { return false }
    send(.pause)
    return true
  }
}
