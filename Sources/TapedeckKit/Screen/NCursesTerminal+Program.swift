import DebuggerUI
import Foundation
import NCursesTerminal
import TerminalUI

extension NCursesTerminal {
  /// Opens the terminal that the program runs in.
  ///
  /// - Throws: `TerminalError` if there is no terminal, or if it cannot move its cursor.
  convenience init(isASCIIOnly: Bool) throws(TerminalError) {
    var options = Options(environment: ProcessInfo.processInfo.environment, isASCIIOnly: isASCIIOnly)
    options.asksTerminal = true
    try self.init(options)
  }

  /// Shows a run on the terminal until the user leaves, and leaves the terminal as it was.
  ///
  /// The run is made once the terminal is open; it calls `wake` when there is news.
  ///
  /// - Throws: `TerminalError` if the terminal cannot move its cursor, or what `makeRun` throws.
  static func show<Run>(
    isASCIIOnly: Bool, isPaused: Bool, _ makeRun: (_ wake: @escaping @Sendable () -> Void) throws -> Run,
    _ makeDebugger: (NCursesTerminal, Run) -> Debugger
  ) throws -> (run: Run, debugger: Debugger, end: Debugger.End) {
    // Before another thread exists.
    blockSignals()
    defer { unblockSignals() }
    let terminal = try NCursesTerminal(isASCIIOnly: isASCIIOnly)
    defer { terminal.close() }
    let waker = terminal.waker
    let run = try makeRun { waker.wake() }
    var debugger = makeDebugger(terminal, run)
    let end = debugger.run(isPaused: isPaused)
    return (run, debugger, end)
  }
}
