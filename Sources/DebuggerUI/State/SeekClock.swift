import Trace

/// When the way to another moment began, which tells how long the rest takes.
private struct SeekClock: StatePart {
  var way: (start: Int, target: Int)?
  var began = 0.0
  var secondsLeft: Double?
}

extension DebuggerState {
  /// **Units**: seconds that the way to the moment that was asked for still takes; nil where that is not known.
  var secondsToTarget: Double? { seek == nil ? nil : parts[SeekClock.self].secondsLeft }

  /// Follows the way to another moment; `seconds` is the time now.
  mutating func followSeek(at seconds: Double) {
    var clock = parts[SeekClock.self]
    defer { parts[SeekClock.self] = clock }
    guard let seek else {
      clock = SeekClock()
      return
    }
    if clock.way.map({ $0 == (seek.start, seek.target) }) != true {
      (clock.way, clock.began, clock.secondsLeft) = ((seek.start, seek.target), seconds, nil)
    }
    let whole = seek.target - seek.start
    let share = whole == 0 ? 1 : Double(seek.step - seek.start) / Double(whole)
    clock.secondsLeft = TimeLeft.seconds(share: share, after: seconds - clock.began) ?? clock.secondsLeft
  }

  /// Stops the way to another moment; false if there is none.
  mutating func stopSeek() -> Bool {
    guard seek != nil, canVisit else { return false }
    send(.pause)
    return true
  }
}
