import TerminalUI
import Trace

/// Asks whether to quit although a run or a recording goes on.
struct QuitOverlay: Widget {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  /// What would be lost, in one sentence or two.
  static func question(_ state: DebuggerState) -> String {
    let run =
      switch state.status {
      case .preparing: "The run is being prepared."
      case .paused: "Training is not done."
      case .running, .finished, .failed: "Training is running."
      }
    guard let recording = state.recording else { return "\(run) Quit and lose it?" }
    guard recording.problem == nil else {
      return "\(run) Its recording to \(recording.path) has stopped. Quit and lose the rest?"
    }
    return "\(run) It is recorded to \(recording.path). Quit and end the recording here?"
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    let lines =
      TextLine(QuitOverlay.question(state)).wrapped(width: min(64, area.width - 6))
      + [TextLine(""), KeyChoices.line([("q", "quit"), ("esc", "go on")])]
    MessageBox.draw(lines, title: "Quit", color: Accents.warning, into: &buffer, area)
  }
}

/// Asks what becomes of the old future, if something is changed in the past.
struct FutureOverlay: Widget {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let moment = state.moment else { return }
    let step = NumberText.grouped(moment.position.iteration)
    let head = NumberText.grouped(moment.head.iteration)
    let text =
      "You stand at step \(step); training has come to step \(head). "
      + "A change here begins another future."
    let lines =
      TextLine(text).wrapped(width: min(60, area.width - 6))
      + [
        TextLine(""), KeyChoices.line([("k", "keeps the old curve as a ghost")]),
        KeyChoices.line([("d", "drops it")]), KeyChoices.line([("esc", "leaves all as it is")]),
      ]
    MessageBox.draw(lines, title: "Another future", color: Accents.warning, into: &buffer, area)
  }
}

/// Says why the run ended.
struct ErrorOverlay: Widget {
  private let message: String

  init(_ message: String) { self.message = message }

  func draw(into buffer: inout Buffer, area: Rect) {
    let end = [
      TextLine(""), TextLine("The run has ended here. Press q to quit.", .foreground(Accents.muted)),
    ]
    let room = max(1, area.height - 2 - end.count)
    var lines = TextLine(message).wrapped(width: min(72, area.width - 6))
    if lines.count > room { lines = lines.prefix(room - 1) + [TextLine("…")] }
    MessageBox.draw(lines + end, title: "Error", color: Accents.bad, into: &buffer, area)
  }
}

/// Keys and what they answer, in one line.
enum KeyChoices {
  /// `q quit    esc go on`.
  static func line(_ choices: [(key: String, answer: String)]) -> TextLine {
    TextLine(
      choices.enumerated().flatMap { index, choice in
        [
          Span((index == 0 ? "" : "    ") + choice.key, .foreground(Accents.focus).bold),
          Span(" \(choice.answer)"),
        ]
      })
  }
}

/// A box in the middle of the screen.
enum MessageBox {
  /// Draws lines in a box as large as they are.
  static func draw(
    _ lines: [TextLine], title: String, color: Color, into buffer: inout Buffer, _ area: Rect
  ) {
    let width = (lines.map(\.width).max() ?? 0) + 4
    let box = area.centered(Size(width: width, height: lines.count + 2))
    buffer.fill(box, with: .blank)
    let frame = Frame(title: TextLine(title, .foreground(color).bold), style: .foreground(color))
    frame.draw(into: &buffer, area: box)
    Paragraph(lines, wraps: false).draw(into: &buffer, area: frame.inside(box).inset(left: 1, right: 1))
  }
}
