import Localization
import Numbers
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
      Span(localized("● REC"), .foreground(Accents.bad).bold, control: recordingControl),
      Span(" \(file) ", control: recordingControl),
      Span(NumberText.bytes(recording.byteCount), .foreground(Accents.muted), control: recordingControl),
    ])
  }

  private static var recordingControl: Control { .command("where-recorded") }

  /// The last part of a path.
  static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
