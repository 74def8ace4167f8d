import TerminalUI
import Trace

/// The recording in the top line: `● REC digits.tapedeck 3.1 MB`, or why it ended.
enum RecordingText {
  /// The text.
  static func line(_ recording: RecordingStatus) -> TextLine {
    let file = fileName(recording.path)
    if let problem = recording.problem {
      return TextLine("✗ \(file): \(problem)", .foreground(Accents.bad).bold)
    }
    return TextLine([
      Span("● REC", .foreground(Accents.bad).bold), Span(" \(file) "),
      Span(size(recording.byteCount), .foreground(Accents.muted)),
    ])
  }

  /// The last part of a path.
  static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// A number of bytes in the unit that suits it: `812 B`, `3.1 MB`.
  static func size(_ bytes: Int) -> String {
    var (value, unit) = (Double(bytes), 0)
    let units = ["B", "kB", "MB", "GB", "TB"]
    while value >= 999.5, unit < units.count - 1 {
      value /= 1_000
      unit += 1
    }
    return "\(NumberText.fixed(value, decimals: unit > 0 && value < 99.95 ? 1 : 0)) \(units[unit])"
  }
}
