import Trace

/// How much of some work is done, and how long the rest takes at the pace until now.
struct WorkClock: Sendable {
  /// The share that is done, 0 to 1.
  let share: Double
  /// **Units**: seconds that the rest takes; nil where that is not known.
  let secondsLeft: Double?
  private let began: (share: Double, seconds: Double)

  /// The clock of work of which a share is done now, after an `earlier` clock of the same work; nil where it begins.
  init(share: Double, at seconds: Double, after earlier: WorkClock?) {
    self.share = share
    began = earlier?.began ?? (share, seconds)
    let whole = 1 - began.share
    let left =
      whole > 0
      ? TimeLeft.seconds(share: (share - began.share) / whole, after: seconds - began.seconds) : nil
    secondsLeft = left ?? earlier?.secondsLeft
  }
}

/// The clocks of the work that the run does; nil where it does none of that kind.
private struct WorkClocks: StatePart {
  var seek: (way: RunUpdate.Progress, clock: WorkClock)?
  var test: (progress: ModelTestProgress, clock: WorkClock)?
  var evaluation: WorkClock?
}

extension DebuggerState {
  /// **Units**: seconds that the seek still takes; nil where that is not known.
  var secondsToTarget: Double? { seek == nil ? nil : parts[WorkClocks.self].seek?.clock.secondsLeft }

  /// The test of the model that is made, and its clock; nil when there is none.
  var modelTest: (progress: ModelTestProgress, clock: WorkClock)? { parts[WorkClocks.self].test }

  /// The clock of an evaluation; nil when there is none.
  var evaluation: WorkClock? { parts[WorkClocks.self].evaluation }

  /// Follows the work of which news tells; `seconds` is the time now.
  mutating func followWork(_ news: RunUpdate, at seconds: Double) {
    var clocks = parts[WorkClocks.self]
    clocks.seek = seek.map { way in
      let isSame = clocks.seek.map { ($0.way.start, $0.way.target) == (way.start, way.target) } ?? false
      return (way, WorkClock(share: way.share, at: seconds, after: isSame ? clocks.seek?.clock : nil))
    }
    if let progress = news.modelTest {
      let isSame = clocks.test.map { $0.progress.test == progress.test && $0.progress.done <= progress.done }
      let earlier = isSame == true ? clocks.test?.clock : nil
      clocks.test = (progress, WorkClock(share: progress.share, at: seconds, after: earlier))
    } else if news.moment != nil || news.status != nil {
      clocks.test = nil
    }
    if let share = news.evaluation {
      let earlier = clocks.evaluation.flatMap { share < $0.share ? nil : $0 }
      clocks.evaluation = WorkClock(share: share, at: seconds, after: earlier)
    } else if news.moment != nil || news.status != nil || !news.epochs.isEmpty {
      clocks.evaluation = nil
    }
    parts[WorkClocks.self] = clocks
  }

  /// Stops a seek or a test of the model; false if there is none.
  mutating func stopWork() -> Bool {
    guard seek != nil || modelTest != nil, canVisit else { return false }
    send(.pause)
    return true
  }
}
