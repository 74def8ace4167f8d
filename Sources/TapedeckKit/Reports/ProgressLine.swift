import Foundation
import Localization
import Synchronization
import Trace

/// A line on standard error that says how far long work has come, while that is a terminal and the work takes long.
///
/// Control-C stops the work, so that nothing half is left.
package enum ProgressLine {
  /// **Units**: seconds. Work that is done sooner has no line.
  private static let patience = 0.5
  /// **Units**: seconds from one line to the next.
  private static let interval = 0.1
  private static let width = 24
  /// **Units**: seconds. What work may take to stop by itself.
  private static let longestStop = 2.0

  private struct State {
    var last = -Double.infinity
    var isShown = false
  }

  /// Does work, and shows how far it has come.
  ///
  /// - Throws: what the work throws; `ExitCode` is left to the caller where a signal stopped it.
  static func during<Result>(_ what: String, _ work: () throws -> Result) throws -> Result {
    let isTerminal = isatty(STDERR_FILENO) == 1
    let start = monotonicSeconds()
    let state = Mutex(State())
    let progress = WorkProgress { share in
      let now = monotonicSeconds()
      guard isTerminal, now - start > patience else { return }
      state.withLock { state in
        guard now - state.last > interval else { return }
        (state.last, state.isShown) = (now, true)
        write("\r\(text(what, share, seconds: now - start))\u{1b}[K")
      }
    }
    let signals = EndSignals {
      progress.stop()
      // Work that is in the middle of something long does not hold up the way out.
      DispatchQueue.global().asyncAfter(deadline: .now() + longestStop) { _exit(130) }
    }
    defer {
      if state.withLock({ $0.isShown }) { write("\r\u{1b}[K") }
    }
    do { return try progress.during(work) } catch is WorkProgress.Stopped {
      throw StoppedBySignal(code: signals.exitCode ?? 1)
    }
  }

  /// `exporting ████────── 42 %  12 s left`.
  package static func text(_ what: String, _ share: Double, seconds: Double) -> String {
    let filled = Int(share * Double(width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "─", count: width - filled)
    let left = TimeLeft.seconds(share: share, after: seconds).map { "  " + TimeLeft.text($0) } ?? ""
    return "\(what) \(bar) \(Int(share * 100)) %\(left)"
  }

  private static func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}

/// A signal stopped long work; the exit code is the one that a shell expects.
package struct StoppedBySignal: Error, CustomStringConvertible {
  /// The exit code.
  package let code: Int32
  /// That it was stopped, in a sentence.
  package var description: String { "\(WorkProgress.Stopped())" }
}
