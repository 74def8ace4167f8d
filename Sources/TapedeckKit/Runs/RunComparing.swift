import DebuggerUI
import Foundation
import Localization
import NCursesTerminal
import Synchronization
import TerminalUI

/// Compares two recordings on a thread of its own, so that the screen answers meanwhile.
final class RunComparing: Sendable {
  /// What came of a comparison.
  enum Outcome: Sendable {
    case compared(ComparisonState)
    /// Why they cannot be compared, as a sentence.
    case failed(String)
  }

  private struct State {
    /// Counts up, so that one that was given up is not taken for the next.
    var number = 0
    var outcome: Outcome?
  }

  private let run: ReplayedRun
  private let onEnd: @Sendable () -> Void
  private let state = Mutex(State())

  /// Compares runs that are made again in this way; `onEnd` is called when there is an outcome.
  init(_ run: ReplayedRun, onEnd: @escaping @Sendable () -> Void) { (self.run, self.onEnd) = (run, onEnd) }

  /// Begins to compare two recordings.
  func compare(_ left: String, _ right: String) {
    let number = state.withLock { state -> Int in
      state = State(number: state.number + 1)
      return state.number
    }
    let language = Language.current
    let thread = Thread { [self] in
      NCursesTerminal.coverThread()
      let found = language.during { outcome(left, right) }
      state.withLock { if $0.number == number { $0.outcome = found } }
      onEnd()
    }
    thread.name = "tapedeck.compare"
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Forgets the comparison that is being made; its thread ends when it is done.
  func cancel() { state.withLock { $0 = State(number: $0.number + 1) } }

  /// What came of the last comparison, once.
  func take() -> Outcome? {
    state.withLock { state -> Outcome? in
      defer { state.outcome = nil }
      return state.outcome
    }
  }

  private func outcome(_ left: String, _ right: String) -> Outcome {
    do {
      return .compared(RunDifferenceText(try RunDifference(left, right, run)).state(size: .zero))
    } catch {
      return .failed("\(error)")
    }
  }
}
