import Localization
import TerminalUI

/// Asks, at control-C, whether the script is to be interrupted; a second control-C leaves the screen.
package struct InterruptQuestion: Overlay {
  /// The question.
  package init() {}

  package var isQuestion: Bool { true }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    switch key {
    case .character("i"), .character("y"), .character("Y"), .enter: state.effects.append(.interrupt)
    case .character("q"):
      state.effects.append(.quit)
      return .open
    default: break
    }
    return .closed
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let text = localized("Interrupt the script? It gets KeyboardInterrupt, as control-C gives it in a shell.")
    let lines =
      TextLine(text).wrapped(width: min(64, area.width - 6))
      + [
        TextLine(""),
        KeyChoices.line([
          ("i", localized("interrupt")), ("q", localized("quit")), (localized("esc"), localized("go on")),
        ]),
      ]
    MessageBox.draw(lines, title: localized("Control-C"), color: Accents.warning, into: &buffer, area)
  }
}

extension DebuggerState {
  /// Whether control-C asks first: while a script runs or waits, and has not been asked about already.
  package var asksToInterrupt: Bool {
    guard description?.isScript == true, description?.source == .live, !(overlay is InterruptQuestion) else {
      return false
    }
    return isRunning || status == .paused
  }
}
