import Localization
import Numbers
import TerminalUI
import Trace

/// Whether captions are shown; until it is chosen, in recordings only.
private struct CaptionChoice: StatePart {
  var isOn: Bool?
}

/// The note or the mark of the moment shown, as a strip at the foot of the panes: what a replay tells by itself.
struct Caption: Widget {
  /// What it says; nil where there is no note or mark.
  let text: String?

  /// The caption of a state; while the run plays, a note stays for about two seconds and a half.
  init(_ state: DebuggerState) {
    guard let position = state.moment?.position else {
      text = nil
      return
    }
    let steps = state.isRunning ? Int(bounded: (state.speed.stepsPerSecond ?? 0) * 2.5, to: 0...1 << 40) : 0
    let first = position.step - steps
    let told = state.events.events.last {
      ($0.kind == .note || $0.kind == .mark) && (first...position.step).contains($0.position.step)
    }
    text = told.map {
      $0.kind == .note
        ? localized("step \($0.position.step): \($0.text)") : localized("step \($0.position.step) is marked")
    }
  }

  /// Whether captions are shown.
  static func isOn(_ state: DebuggerState) -> Bool {
    state.parts[CaptionChoice.self].isOn ?? state.description.map { $0.source != .live } ?? false
  }

  /// The most rows that a caption takes.
  private static let mostRows = 3

  /// Draws it over the last rows of the area.
  func draw(into buffer: inout Buffer, area: Rect) {
    guard let text, area.height >= 8, area.width >= 20 else { return }
    let style = Style.foreground(Accents.warning).bold
    let wrapped = TextLine("✎ \(text.withVisibleControls)", style).wrapped(width: area.width - 4)
    let lines = wrapped.prefix(Self.mostRows)
    let strip = area.inset(top: area.height - lines.count)
    buffer.fill(strip, with: .blank)
    for (row, line) in lines.enumerated() {
      line.draw(into: &buffer, area: strip.row(row).inset(left: 2, right: 2), alignment: .center)
    }
  }
}

/// The command that shows captions or not.
enum CaptionCommand {
  static var rows: [CommandRow] {
    [
      .typed(
        "captions", "on|off", .words("on", "off"), example: "off",
        help: localized("show notes and marks at the foot of the screen when their moment is reached")
      ) { (arguments, _) throws(ConsoleError) in
        let isOn = try arguments.onOrOff()
        return { $0.parts[CaptionChoice.self].isOn = isOn }
      }
    ]
  }
}
