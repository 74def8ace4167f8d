import Trace

/// How a run's training ended, if it has.
enum Outcome: Equatable {
  /// There is more to train.
  case open
  /// A step failed while nobody watched it, and is run again to see its error.
  case repeating(step: Int)
  /// The run is paused before the node that failed; the error as a sentence.
  case failed(String)
  /// Training has reached its end.
  case finished

  /// Whether an error keeps the run where it is.
  var isFailure: Bool { if case .failed = self { true } else { false } }

  /// Whether there is nothing to run from the head on.
  var isEnd: Bool { isFailure || self == .finished }

  /// Whether a step is run again to see its error.
  func repeats(_ step: Int) -> Bool { self == .repeating(step: step) }

  /// What the run is doing where it is paused at its head.
  var pausedStatus: RunUpdate.Status {
    switch self {
    case .open, .repeating: .paused
    case .failed(let sentence): .halted(sentence)
    case .finished: .finished
    }
  }
}
