import DebuggerUI
import Foundation
import Localization
import NCursesTerminal
import TerminalUI
import Trace

/// Shows two runs side by side on the terminal, and leaves the terminal as it was.
struct ComparisonStage {
  let isASCIIOnly: Bool
  /// The name of the theme; nil for the one that fits the terminal.
  var theme: String?

  /// What is shown once the runs are compared.
  struct Compared: Sendable {
    /// The screen, of any size.
    var state: ComparisonState
    let sentence: String
    let code: Int32

    init(_ difference: RunDifference) {
      let text = RunDifferenceText(difference)
      (state, sentence) = (text.state(size: Size(width: 80, height: 24)), text.sentence)
      code = difference.isEqual ? 0 : 1
    }
  }

  /// Compares two runs and shows the difference until the user quits; nil if that is before they are compared.
  ///
  /// - Throws: `TerminalError` if the terminal cannot move its cursor; ``StoppedBySignal`` where a signal ends it; what
  ///   comparing throws.
  func show(_ files: [String], _ compare: @escaping @Sendable () throws -> RunDifference) throws -> Compared?
  {
    // Before another thread exists.
    NCursesTerminal.blockSignals()
    defer { NCursesTerminal.unblockSignals() }
    let progress = WorkProgress()
    let work = Background { try progress.during { Compared(try compare()) } }
    // What cannot be read is said without a screen.
    var compared = try work.value(within: 0.3)
    let terminal = try NCursesTerminal(isASCIIOnly: isASCIIOnly)
    defer { terminal.close() }
    let begun = monotonicSeconds()
    var waiting = WaitingScreen(
      size: terminal.size, files: files.map { URL(filePath: $0).lastPathComponent })
    while compared == nil {
      (waiting.share, waiting.seconds) = (progress.share, monotonicSeconds() - begun)
      var buffer = terminal.makeBuffer(themeNamed: theme)
      waiting.draw(into: &buffer)
      terminal.present(buffer)
      let event = terminal.nextEvent(until: .now + .milliseconds(100), takesWake: false)
      if waiting.update(event) {
        progress.stop()
        try event.checkForSignal()
        return nil
      }
      compared = try work.value(within: 0)
    }
    guard var shown = compared else { return nil }
    shown.state.size = terminal.size
    while true {
      var buffer = terminal.makeBuffer(themeNamed: theme)
      shown.state.draw(into: &buffer)
      terminal.present(buffer)
      let event = terminal.nextEvent(until: nil, takesWake: false)
      if shown.state.update(event) {
        try event.checkForSignal()
        return shown
      }
    }
  }
}

extension TerminalEvent {
  /// - Throws: ``StoppedBySignal`` for a signal, or a terminal that is gone.
  fileprivate func checkForSignal() throws(StoppedBySignal) {
    switch self {
    case .signal(let signal): throw StoppedBySignal(code: signal.exitCode)
    case .endOfInput: throw StoppedBySignal(code: TerminalEvent.Signal.hangup.exitCode)
    default: break
    }
  }
}

extension Tapedeck {
  /// Shows where two recorded runs diverge, on the screen if there is one; returns the exit code: 0 if they are the
  /// same, 1 if they diverge, and 2 if the user left before that was known.
  ///
  /// - Throws: `RecordingError` if one cannot be read.
  package static func diff(
    _ left: String, _ right: String, _ run: ReplayedRun, isJSON: Bool = false, isPlain: Bool = false,
    isASCIIOnly: Bool = false, theme: String? = nil
  ) throws -> Int32 {
    guard isJSON || isPlain || isatty(STDOUT_FILENO) == 0 else {
      do {
        let compared = try ComparisonStage(isASCIIOnly: isASCIIOnly, theme: theme).show([left, right]) {
          try RunDifference(left, right, run)
        }
        guard let compared else { return try complain("\(WorkProgress.Stopped())", code: 2) }
        try StandardOutput.printLine(compared.sentence)
        return compared.code
      } catch let error as TerminalError {
        return try complain("\(error)", code: 2)
      }
    }
    let difference = try ProgressLine.during(localized("comparing")) { try RunDifference(left, right, run) }
    let text = RunDifferenceText(difference)
    try StandardOutput.printLine(isJSON ? text.json() : text.lines.joined(separator: "\n"))
    return difference.isEqual ? 0 : 1
  }
}
