import DebuggerUI
import Foundation
import Localization
import NCursesTerminal
import PyTorch
import TerminalUI
import Trace
import Training

/// Puts a script on the terminal, and leaves the terminal as it was.
struct ScriptStage {
  /// **Units**: seconds. How long a script that was stopped may take to end before its leaving is no longer waited for.
  private static let patience = 10.0

  let settings: ScriptSettings
  let isASCIIOnly: Bool
  /// What the user has chosen for the screen.
  let screen: ScreenPreferences
  /// Makes the run, which calls what it is given when there is news.
  let makeRun: (_ onUpdate: @escaping @Sendable () -> Void) throws -> any ScriptConnection

  /// Shows the script until the user leaves; returns the exit code.
  func show() throws -> Int32 {
    let shown: (run: any ScriptConnection, debugger: Debugger, end: Debugger.End)
    do {
      shown = try NCursesTerminal.show(isASCIIOnly: isASCIIOnly, isPaused: settings.isPaused, makeRun) {
        Debugger(
          terminal: $0, runner: $1, pace: settings.pace, breakpoints: settings.breakpoints, screen: screen)
      }
    } catch let error as TerminalError {
      return try Tapedeck.complain("\(error)", code: 2)
    }
    let (run, debugger, end) = shown
    let isOver = !debugger.state.isRunning && debugger.state.status != .paused
    run.send(.quit)
    if settings.onExit == .continue, !isOver { return report(rest: run) }
    let hasBegun = debugger.state.status != .preparing
    // Where no hook of the probe runs, as while the script sleeps, the signal comes from here.
    if !run.waitForEnd(seconds: hasBegun ? 1 : 0.1), run.isProbeThere { run.send(signal: SIGINT) }
    // While torch is imported Python may not hear it, and before the first step nothing is lost.
    if !hasBegun, !run.waitForEnd(seconds: 2), run.isProbeThere { run.send(signal: SIGTERM) }
    if !run.waitForEnd(seconds: ScriptStage.patience), let process = run.process {
      return try Tapedeck.complain(
        localized("The script has not ended yet; it runs on as process \(process)."), code: 1)
    }
    if case .failed(let sentence) = debugger.state.status { return try Tapedeck.complain(sentence, code: 1) }
    if case .signal(let signal) = end { return signal.exitCode }
    guard isOver else { return 0 }
    if case .halted(let sentence) = debugger.state.status { _ = try Tapedeck.complain(sentence, code: 1) }
    return run.exitCode ?? 0
  }

  /// Lets the script go on alone, with what it writes on this terminal.
  private func report(rest run: any ScriptConnection) -> Int32 {
    _ = run.takeUpdate()
    while !run.waitForEnd(seconds: 0.2) { write(run.takeUpdate()) }
    run.waitForOutput(seconds: 1)
    write(run.takeUpdate())
    return run.exitCode ?? 0
  }

  private func write(_ update: RunUpdate) {
    for line in update.output {
      let handle = line.stream == .output ? FileHandle.standardOutput : FileHandle.standardError
      handle.write(Data("\(line.text)\n".utf8))
    }
  }
}

extension TerminalEvent.Signal {
  /// The exit code that a shell expects after the signal.
  var exitCode: Int32 {
    switch self {
    case .hangup: 129
    case .interrupt: 130
    case .quit: 131
    case .terminate: 143
    case .other(let number): 128 + number
    }
  }
}
