import CTerminalGuard
import Foundation
import Localization
import PyTorch
import Trace

/// A script without a screen: standard output is its own, and what there is to say goes to standard error.
struct HeadlessScript {
  /// The exit code after a breakpoint.
  private static let breakpointCode: Int32 = 3
  /// **Units**: seconds. How long a process that the script left behind may hold its output open.
  private static let patience = 5.0

  private let script: any ScriptConnection
  private let settings: ScriptSettings
  private let arrival: DispatchSemaphore
  /// The rules of diagnosis whose findings are not told.
  private let mutedRules: Set<String>

  /// A script that has not been started; `make` gives its run what to call when there is news.
  init(
    _ settings: ScriptSettings, mutedRules: Set<String> = [],
    _ make: (_ onUpdate: @escaping @Sendable () -> Void) throws -> any ScriptConnection
  ) rethrows {
    let arrival = DispatchSemaphore(value: 0)
    self.arrival = arrival
    self.settings = settings
    self.mutedRules = mutedRules
    script = try make { arrival.signal() }
  }

  /// Runs it to its end; returns its exit code, or 3 after a breakpoint.
  func run() throws -> Int32 {
    let signals = ForwardedSignals(to: script)
    defer { signals.end() }
    script.start(isPaused: settings.isPaused, pace: settings.pace)
    var isStopped = false
    /// Whether something was found that is to stop the script; it may end before it stops.
    var isHit = false
    var rank: RunDescription.Rank?
    var findings = FindingList(muted: mutedRules)
    while true {
      arrival.wait()
      let update = script.takeUpdate()
      for warning in update.warnings { _ = try Tapedeck.complain(warning, code: 0) }
      findings.tell(update.findings)
      isHit = isHit || update.findings.contains { settings.breakpoints.hit(by: $0) != nil }
      // The description is that of the rank whose moment comes.
      if let description = update.description { rank = description.rank }
      if case .failed(let sentence)? = update.status { return try Tapedeck.complain(sentence, code: 1) }
      if let hit = update.moment?.hit, update.status == .paused, let position = update.moment?.position {
        isStopped = true
        let measured = hit.measured.map { ": \($0)" } ?? ""
        let sentence = localized(
          "step \(position.step): breakpoint \(hit.breakpoint), \(hit.text)\(measured)")
        _ = try Tapedeck.complain(
          rank.map { localized("rank \($0.number): \(sentence)") } ?? sentence, code: 0)
        script.send(.quit)
      } else if update.status == .paused {
        // Nobody is there to go on.
        script.send(.run)
      }
      if let code = script.exitCode, case .some = update.status,
        update.status == .finished || isHalted(update.status)
      {
        // What was written last is copied.
        script.waitForOutput(seconds: HeadlessScript.patience)
        return isStopped || isHit && code == 0 ? HeadlessScript.breakpointCode : code
      }
    }
  }

  private func isHalted(_ status: RunUpdate.Status?) -> Bool {
    if case .halted? = status { true } else { false }
  }
}

/// Hands on the signals that ask this process to end, where the terminal has not sent them to the script as well.
final class ForwardedSignals: Sendable {
  /// Takes the signals in this thread and those it starts, and hands them on from a thread of its own.
  init(to run: any ScriptConnection) {
    terminal_guard_take_end_signals()
    Thread.detachNewThread {
      while true {
        var isFromTerminal: Int32 = 0
        let number = terminal_guard_wait_end_signal(&isFromTerminal)
        if isFromTerminal == 0 { run.send(signal: number) }
      }
    }
  }

  /// Lets the signals through again in this thread.
  func end() { terminal_guard_leave_end_signals() }
}
