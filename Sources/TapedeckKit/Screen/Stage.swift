import DebuggerUI
import Foundation
import NCursesTerminal
import TerminalUI
import Training

/// Puts a run on the terminal, and leaves the terminal as it was.
struct Stage {
  let isPaused: Bool
  let pace: Double?
  let historyBytes: Int
  let isASCIIOnly: Bool
  /// Where to stop from the beginning.
  var breakpoints: [Breakpoint] = []
  /// What is taught beside the run.
  var teaching = Teaching()
  /// What the user has chosen for the screen.
  var screen = ScreenPreferences()

  /// The file that is being opened when the screen appears; nil for none.
  var opened: String?

  /// Shows a run until the user leaves; returns the exit code.
  func show(_ source: RunSource, recording plan: RecordingPlan) throws -> Int32 {
    try show { wake in
      Runner(
        source, recording: plan, now: monotonicSeconds, historyBytes: historyBytes,
        onStart: NCursesTerminal.coverThread, onUpdate: wake)
    }
  }

  /// Shows a run that is opened while the screen is there already; returns the exit code.
  func show(
    opening open: @escaping @Sendable () throws -> RunSource, recording plan: RecordingPlan
  ) throws -> Int32 {
    try show { wake in
      Runner(
        opening: open, recording: plan, now: monotonicSeconds, historyBytes: historyBytes,
        onStart: NCursesTerminal.coverThread, onUpdate: wake)
    }
  }

  private func show(_ makeRunner: (_ wake: @escaping @Sendable () -> Void) -> Runner) throws -> Int32 {
    let shown: (run: Runner, debugger: Debugger, end: Debugger.End)
    do {
      shown = try NCursesTerminal.show(isASCIIOnly: isASCIIOnly, isPaused: isPaused, makeRunner) {
        Debugger(
          terminal: $0, runner: $1, pace: pace, breakpoints: breakpoints, teaching: teaching, screen: screen,
          opened: opened)
      }
    } catch let error as TerminalError {
      return try Tapedeck.complain("\(error)", code: 2)
    }
    shown.run.send(.quit)
    // A node that takes long does not hold up the way out: the process ends under it.
    _ = shown.run.waitForEnd(seconds: 0.05)
    return try report(shown.end, shown.debugger.state)
  }

  private func report(_ end: Debugger.End, _ state: DebuggerState) throws -> Int32 {
    if let failure = state.failure { return try Tapedeck.complain(failure, code: 1) }
    if case .signal(let signal) = end { return signal.exitCode }
    return 0
  }
}
