import Localization
import TerminalUI

/// Asks whether to quit while something would be lost by it.
package struct QuitQuestion: Overlay {
  /// The question.
  package init() {}

  package var isQuestion: Bool { true }

  /// What would be lost, in one or two sentences.
  static func text(_ state: DebuggerState) -> String {
    let run =
      switch state.status {
      case .preparing: localized("The run is being prepared.")
      case .paused: localized("Training is not finished.")
      case .running: localized("Training is running.")
      case .finished: localized("Training is done.")
      case .halted, .failed: localized("Training has stopped with an error.")
      }
    if !state.asksBeforeQuitting { return localized("\(run) Quit?") }
    guard let recording = state.recording else { return localized("\(run) Quit and lose the run?") }
    guard recording.problem == nil else {
      return localized("\(run) The recording to \(recording.path) has stopped. Quit and lose the rest?")
    }
    return localized("\(run) It is being recorded to \(recording.path). Quit and end the recording here?")
  }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    switch key {
    case .character("q"), .character("y"), .character("Y"), .enter:
      state.effects.append(.quit)
      return .open
    default: return .closed
    }
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let lines =
      TextLine(QuitQuestion.text(state)).wrapped(width: min(64, area.width - 6))
      + [TextLine(""), KeyChoices.line([("q", localized("quit")), (localized("esc"), localized("stay"))])]
    MessageBox.draw(lines, title: localized("Quit"), color: Accents.warning, into: &buffer, area)
  }
}
