import Foundation
import TerminalUI
import Trace

/// Lines with styles on standard output: in colours on a terminal that has any, as plain text elsewhere.
enum StyledOutput {
  /// Prints lines.
  ///
  /// - Throws: ``OutputError``.
  static func print(_ lines: [TextLine]) throws(OutputError) {
    let environment = ProcessInfo.processInfo.environment
    let hasColors =
      isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR", default: ""].isEmpty
      && !["", "dumb"].contains(environment["TERM", default: ""])
    guard hasColors else {
      return try StandardOutput.printLine(lines.map(\.text.withVisibleControls).joined(separator: "\n"))
    }
    let text = lines.map { $0.spans.map(colored).joined() + "\n" }.joined()
    // What the lines say is cleaned; the colours are the program's own.
    if let reason = writeAll(Array(text.utf8), to: STDOUT_FILENO) { throw OutputError(reason: reason) }
  }

  /// A span with the terminal's own colours around it.
  static func colored(_ span: Span) -> String {
    var codes: [String] = span.style.attributes.contains(.bold) ? ["1"] : []
    switch span.style.foreground {
    case Accents.bad: codes.append("31")
    case Accents.warning: codes.append("33")
    case Accents.focus: codes.append("36")
    case Accents.muted: codes.append("2")
    default: break
    }
    let text = span.text.withVisibleControls
    return codes.isEmpty ? text : "\u{1b}[\(codes.joined(separator: ";"))m\(text)\u{1b}[0m"
  }
}
