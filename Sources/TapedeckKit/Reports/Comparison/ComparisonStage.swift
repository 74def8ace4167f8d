import DebuggerUI
import Foundation
import NCursesTerminal
import TerminalUI

/// Shows two runs side by side on the terminal, and leaves the terminal as it was.
struct ComparisonStage {
  let isASCIIOnly: Bool
  /// The name of the theme; nil for the one that fits the terminal.
  var theme: String?

  /// Shows the difference until the user quits.
  ///
  /// - Throws: `TerminalError` where the terminal cannot show a screen.
  func show(_ text: RunDifferenceText) throws {
    NCursesTerminal.blockSignals()
    defer { NCursesTerminal.unblockSignals() }
    var options = NCursesTerminal.Options(environment: ProcessInfo.processInfo.environment)
    options.isASCIIOnly = isASCIIOnly
    options.asksTerminal = true
    let terminal = try NCursesTerminal(options)
    defer { terminal.close() }
    var state = text.state(size: terminal.size)
    while true {
      var buffer = terminal.makeBuffer(theme.flatMap { Theme.named($0, isDark: terminal.isDark ?? true) })
      state.draw(into: &buffer)
      terminal.present(buffer)
      if state.update(terminal.nextEvent(until: nil, takesWake: false)) { return }
    }
  }
}

extension Tapedeck {
  /// Shows where two recorded runs diverge, on the screen if there is one; returns the exit code: 0 if they are the
  /// same, 1 if they diverge.
  ///
  /// - Throws: `RecordingError` if one cannot be read.
  package static func diff(
    _ left: String, _ right: String, _ run: ReplayedRun, isJSON: Bool = false, isPlain: Bool = false,
    isASCIIOnly: Bool = false, theme: String? = nil
  ) throws -> Int32 {
    let difference = try RunDifference(left, right, run)
    let text = RunDifferenceText(difference)
    let code: Int32 = difference.isEqual ? 0 : 1
    if isJSON {
      try StandardOutput.printLine(text.json())
    } else if isPlain || isatty(STDOUT_FILENO) == 0 {
      try StandardOutput.printLine(text.lines.joined(separator: "\n"))
    } else {
      do { try ComparisonStage(isASCIIOnly: isASCIIOnly, theme: theme).show(text) } catch let error
        as TerminalError
      {
        return try complain("\(error)", code: 2)
      }
      try StandardOutput.printLine(text.sentence)
    }
    return code
  }
}
